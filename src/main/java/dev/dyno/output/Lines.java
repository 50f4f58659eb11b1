package dev.dyno.output;

import java.nio.ByteBuffer;

/**
 * Cuts what is read into lines. One that is longer than 10 000 bytes becomes several, as in
 * Heroku's log (heroku.md 3.1), but no character is cut in two.
 */
final class Lines {
    static final int LONGEST = 10_000;

    /** So many bytes more may have to come before it is clear where a character ends. */
    private static final int UNCLEAR = 3;

    private final Desk desk;
    private final byte[] bytes;

    /**
     * @param room the most that is ever cut at once
     */
    Lines(Desk desk, int room) {
        this.desk = desk;
        bytes = new byte[LONGEST + UNCLEAR + room];
    }

    /** Takes what was read of a feed. What is no line yet stays with the feed. */
    void cut(Feed feed, ByteBuffer read) {
        byte[] all = bytes;
        int start = 0;
        int at = feed.release(all);
        int end = at + read.remaining();
        read.get(all, at, read.remaining());
        boolean odd = at > 0 && feed.heldOdd();
        while (at < end) {
            byte b = all[at++];
            // One comparison for all that is not simply printed: controls, DEL and non-ASCII.
            if ((byte) (b + 1) <= ' ') {
                if (b == '\n') {
                    put(feed, cutLong(feed, start, at - 1, LONGEST, odd), at - 1, odd);
                    start = at;
                    odd = false;
                } else if (b != '\t') {
                    odd = true;
                }
            }
        }
        start = cutLong(feed, start, end, LONGEST + UNCLEAR, odd);
        feed.hold(all, start, end, odd);
    }

    /** A last line that has no end is one too. */
    void end(Feed feed) {
        int count = feed.release(bytes);
        if (count > 0) {
            boolean odd = feed.heldOdd();
            put(feed, cutLong(feed, 0, count, LONGEST, odd), count, odd);
        }
    }

    /** Puts out the beginning of a line until there is less left than that. */
    private int cutLong(Feed feed, int from, int to, int most, boolean odd) {
        int start = from;
        while (to - start > most) {
            int cut = start + LONGEST - splitBy(start + LONGEST, to);
            put(feed, start, cut, odd);
            start = cut;
        }
        return start;
    }

    private void put(Feed feed, int from, int to, boolean odd) {
        desk.line(feed, bytes, from, to, odd);
    }

    /** How many bytes of a character (UTF-8) that goes on at this place stand before it. */
    private int splitBy(int place, int to) {
        for (int before = 1; before <= UNCLEAR; before++) {
            byte b = bytes[place - before];
            if (!isContinuation(b)) {
                return isWhole(place - before, lengthAfter(b), before, to) ? before : 0;
            }
        }
        return 0;
    }

    private boolean isWhole(int at, int length, int atLeast, int to) {
        for (int i = 1; i < length; i++) {
            if (at + i >= to || !isContinuation(bytes[at + i])) {
                return false;
            }
        }
        return length > atLeast;
    }

    private static int lengthAfter(byte first) {
        int lead = first & 0xff;
        return lead < 0xc2 || lead > 0xf4 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
