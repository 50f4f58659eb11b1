package dev.dyno.output;

import dev.dyno.text.Bytes;
import java.time.Instant;

/** Where each line goes: to its dyno's log first, then to whoever looks on. */
final class Desk {
    private static final int MOST = 1 << 16;

    private final Style style;
    private final Outlet out;
    private final Bytes block = new Bytes(2 * MOST);
    private int count;
    private Instant time = Instant.EPOCH;
    private byte[] start = {};

    Desk(Style style, Outlet out) {
        this.style = style;
        this.out = out;
    }

    /** The lines from here on to {@link #end} are this feed's, of this moment. */
    void begin(Feed feed, Instant now) {
        time = now;
        start = feed.start.at(now);
        style.begin(feed, now);
    }

    /**
     * @param odd whether there may be anything but printable ASCII and tabs in it
     */
    void line(Feed feed, byte[] bytes, int from, int to, boolean odd) {
        block.put(start).put(bytes, from, to).put('\n');
        count++;
        style.line(bytes, from, to, odd);
        if (block.length() >= MOST) {
            writeLog(feed);
        }
    }

    void end(Feed feed) {
        if (count > 0) {
            writeLog(feed);
        }
    }

    // What is printed is in the log already.
    private void writeLog(Feed feed) {
        feed.log.append(time, block.array(), block.length(), count);
        block.clear();
        count = 0;
        out.flushIfFull();
    }
}
