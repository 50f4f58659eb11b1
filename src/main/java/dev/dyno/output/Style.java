package dev.dyno.output;

import dev.dyno.log.LogLine;
import dev.dyno.text.Bytes;
import java.time.Instant;

/** A format at work: how each thing that is told is put into words and colours, and where. */
abstract class Style {
    private final Outlet out;
    private final Outlet err;

    Style(Outlet out, Outlet err) {
        this.out = out;
        this.err = err;
    }

    /** The lines that follow are this feed's, of this moment. */
    abstract void begin(Feed feed, Instant now);

    /**
     * A program's line, without its end.
     *
     * @param odd whether there may be anything but printable ASCII and tabs in it
     */
    abstract void line(byte[] bytes, int from, int to, boolean odd);

    void event(LogLine line) {}

    void notice(Instant now, String dyno, String text, boolean failure) {}

    void banner(String text, boolean failure) {
        say(text, true);
    }

    void expect(String dyno) {}

    Bytes out() {
        return out.lines();
    }

    /** A line of dyno's own. What was printed before stands before it, if both are one terminal. */
    void say(String text, boolean onStderr) {
        if (!onStderr) {
            out().put(text).put('\n');
            return;
        }
        out.flush();
        err.lines().put(text).put('\n');
        err.flush();
    }
}
