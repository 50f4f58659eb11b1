package dev.dyno.change;

import java.util.BitSet;

/**
 * The groups of marked lines of a text, of which one is looked at: a run of marked lines, or the
 * place between two unmarked ones.
 */
final class Groups {
    private final int count;
    private final BitSet marks;
    private int start;
    private int end;

    Groups(int count, BitSet marks) {
        this.count = count;
        this.marks = marks;
        this.end = marks.nextClearBit(0);
    }

    int end() {
        return end;
    }

    boolean isEmpty() {
        return start == end;
    }

    int size() {
        return end - start;
    }

    boolean next() {
        if (end == count) {
            return false;
        }
        start = end + 1;
        end = marks.nextClearBit(start);
        return true;
    }

    void previous() {
        end = start - 1;
        start = marks.previousClearBit(end - 1) + 1;
    }

    /** A group it comes to lie against becomes part of it. */
    boolean down(int[] lines) {
        if (end >= count || lines[start] != lines[end]) {
            return false;
        }
        marks.clear(start++);
        marks.set(end++);
        end = marks.nextClearBit(end);
        return true;
    }

    boolean up(int[] lines) {
        if (start == 0 || lines[start - 1] != lines[end - 1]) {
            return false;
        }
        marks.set(--start);
        marks.clear(--end);
        start = marks.previousClearBit(start) + 1;
        return true;
    }
}
