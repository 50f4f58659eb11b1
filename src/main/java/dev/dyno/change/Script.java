package dev.dyno.change;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which lines of one text are not in the other: deleted of the old, inserted in the new. What is
 * left of both is the same.
 */
final class Script {
    /** What stands so often in the other text, or as often as its root, says little by itself. */
    private static final int OFTEN = 1024;

    private static final int WINDOW = 100;
    private static final int SHARE = 4;

    private static final byte NONE = 0;
    private static final byte SOME = 1;
    private static final byte MANY = 2;

    private final Lines old;
    private final Lines fresh;
    private final BitSet deleted = new BitSet();
    private final BitSet inserted = new BitSet();

    Script(Lines old, Lines fresh) {
        this.old = old;
        this.fresh = fresh;
        Map<Line, Integer> known = new HashMap<>();
        int[] a = old.numbers(known);
        int[] b = fresh.numbers(known);
        find(a, b, known.size());
        new Slides(old, a, deleted, b.length, inserted).settle();
        new Slides(fresh, b, inserted, a.length, deleted).settle();
    }

    Lines old() {
        return old;
    }

    Lines fresh() {
        return fresh;
    }

    boolean isDeleted(int line) {
        return deleted.get(line);
    }

    boolean isInserted(int line) {
        return inserted.get(line);
    }

    int deletions() {
        return deleted.cardinality();
    }

    int insertions() {
        return inserted.cardinality();
    }

    /** Between a common start and a common end, and without lines the other text does not have. */
    private void find(int[] a, int[] b, int numbers) {
        int start = 0;
        int least = Math.min(a.length, b.length);
        while (start < least && a[start] == b[start]) {
            start++;
        }
        int end = 0;
        while (end < least - start && a[a.length - 1 - end] == b[b.length - 1 - end]) {
            end++;
        }
        int[] kept = kept(a, start, a.length - end, counts(b, numbers), deleted);
        int[] keptFresh = kept(b, start, b.length - end, counts(a, numbers), inserted);
        new Myers(
                        pick(a, kept),
                        pick(b, keptFresh),
                        i -> deleted.set(kept[i]),
                        i -> inserted.set(keptFresh[i]))
                .run();
    }

    private static int[] counts(int[] lines, int numbers) {
        var counts = new int[numbers];
        for (int line : lines) {
            counts[line]++;
        }
        return counts;
    }

    private static int[] pick(int[] from, int[] indexes) {
        var picked = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            picked[i] = from[indexes[i]];
        }
        return picked;
    }

    /** The indexes of lines worth a comparison; the others are marked at once. */
    private static int[] kept(int[] lines, int start, int end, int[] others, BitSet marks) {
        int often = Math.min(Myers.root(lines.length), OFTEN);
        var matches = new byte[lines.length];
        for (int i = start; i < end; i++) {
            int count = others[lines[i]];
            matches[i] = count == 0 ? NONE : count >= often ? MANY : SOME;
        }
        var kept = new int[end - start];
        int count = 0;
        for (int i = start; i < end; i++) {
            if (matches[i] == SOME || (matches[i] == MANY && !isLost(matches, i, start, end - 1))) {
                kept[count++] = i;
            } else {
                marks.set(i);
            }
        }
        return java.util.Arrays.copyOf(kept, count);
    }

    /** A line that stands everywhere, amidst lines that are all new: comparing it would mislead. */
    private static boolean isLost(byte[] matches, int at, int first, int last) {
        int start = Math.max(first, at - WINDOW);
        int end = Math.min(last, at + WINDOW);
        int none = 0;
        int many = 1;
        for (int i = at - 1; i >= start && matches[i] != SOME; i--) {
            if (matches[i] == NONE) {
                none++;
            } else {
                many++;
            }
        }
        if (none == 0) {
            return false;
        }
        int noneBehind = 0;
        many++;
        for (int i = at + 1; i <= end && matches[i] != SOME; i++) {
            if (matches[i] == NONE) {
                noneBehind++;
            } else {
                many++;
            }
        }
        return noneBehind > 0 && many * SHARE < many + none + noneBehind;
    }
}
