package dev.dyno.output;

import java.time.Instant;

/** The programs' lines and nothing else. */
final class RawStyle extends Style {
    private final Target target;

    RawStyle(Target target, Outlet out, Outlet err) {
        super(out, err);
        this.target = target;
    }

    @Override
    void begin(Feed feed, Instant now) {}

    @Override
    void line(byte[] bytes, int from, int to, boolean odd) {
        target.put(out(), bytes, from, to, odd);
        out().put('\n');
    }

    @Override
    void notice(Instant now, String dyno, String text, boolean failure) {
        say(dyno.concat(" ").concat(text), true);
    }
}
