package dev.dyno.recording;

import java.util.BitSet;

/** The columns a tab goes to: each eighth, unless a program sets others. */
final class Tabs {
    private static final int EIGHT = 8;
    private static final int MOST = 10_000;

    private final BitSet stops = new BitSet(MOST);

    Tabs() {
        reset();
    }

    void reset() {
        clear();
        for (int x = 0; x < MOST; x += EIGHT) {
            stops.set(x);
        }
    }

    void set(int x) {
        stops.set(x);
    }

    void clear(int x) {
        stops.clear(x);
    }

    void clear() {
        stops.clear();
    }

    /**
     * So many stops on, or for less than none so many back; {@code last} and 0 where there are
     * fewer.
     */
    int from(int x, int count, int last) {
        int at = x;
        for (int i = 0; i < count && at < last; i++) {
            int next = stops.nextSetBit(at + 1);
            at = next < 0 ? last : Math.min(next, last);
        }
        for (int i = 0; i > count && at > 0; i--) {
            at = Math.max(stops.previousSetBit(at - 1), 0);
        }
        return at;
    }
}
