package dev.dyno.output;

import dev.dyno.log.LogLine;
import dev.dyno.log.LogPrinter;
import java.time.Instant;

/** As {@code heroku logs} prints it; to a file or a pipe the bytes of the log itself. */
final class HerokuStyle extends Style {
    private final Target target;
    private final LogPrinter printer;
    private final boolean plain;

    private Instant time = Instant.EPOCH;
    private String dyno = "";
    private byte[] start = {};

    HerokuStyle(Target target, Outlet out, Outlet err) {
        super(out, err);
        this.target = target;
        this.printer = new LogPrinter(target.palette(), target.terminal());
        this.plain = !target.terminal() && !target.isColoured();
    }

    @Override
    void begin(Feed feed, Instant now) {
        time = now;
        dyno = feed.dyno;
        start = feed.start.at(now);
    }

    @Override
    void line(byte[] bytes, int from, int to, boolean odd) {
        if (plain) {
            out().put(start).put(bytes, from, to).put('\n');
        } else {
            event(LogLine.app(time, dyno, target.text(bytes, from, to)));
        }
    }

    @Override
    void event(LogLine line) {
        say(printer.print(line), false);
    }
}
