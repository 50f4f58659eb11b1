package dev.dyno.change;

import java.util.BitSet;

/**
 * Settles where a group of changed lines begins, where it could begin some lines earlier or later
 * and mean the same: beside a group of the other text if there is one; else where a person would
 * begin it, by blank lines and by how far lines are set in, as git's indent heuristic tells.
 */
final class Slides {
    private static final int MOST = 100;

    private final Lines text;
    private final int[] lines;
    private final Groups groups;
    private final Groups others;

    Slides(Lines text, int[] lines, BitSet marks, int otherCount, BitSet otherMarks) {
        this.text = text;
        this.lines = lines;
        this.groups = new Groups(lines.length, marks);
        this.others = new Groups(otherCount, otherMarks);
    }

    /** A run of marked lines, or the place between two unmarked ones. */
    private static final class Groups {
        private final int count;
        private final BitSet marks;
        private int start;
        private int end;

        Groups(int count, BitSet marks) {
            this.count = count;
            this.marks = marks;
            this.end = marks.nextClearBit(0);
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

    void settle() {
        do {
            if (!groups.isEmpty()) {
                settleGroup();
            }
        } while (groups.next() && others.next());
    }

    private void settleGroup() {
        int size;
        int earliest;
        boolean besideOther;
        do {
            size = groups.size();
            while (groups.up(lines)) {
                others.previous();
            }
            earliest = groups.end;
            besideOther = !others.isEmpty();
            while (groups.down(lines)) {
                others.next();
                besideOther |= !others.isEmpty();
            }
        } while (size != groups.size());
        if (groups.end == earliest) {
            return;
        }
        if (besideOther) {
            while (others.isEmpty()) {
                up();
            }
            return;
        }
        int best = best(Math.max(earliest, groups.end - Math.min(size + 1, MOST)), size);
        while (groups.end > best) {
            up();
        }
    }

    private void up() {
        groups.up(lines);
        others.previous();
    }

    /** Where the group had best end. */
    private int best(int earliest, int size) {
        int best = -1;
        Indents.Score bestScore = new Indents.Score(0, 0);
        for (int end = earliest; end <= groups.end; end++) {
            Indents.Score score =
                    Indents.at(text, end).score().plus(Indents.at(text, end - size).score());
            if (best < 0 || score.compareTo(bestScore) <= 0) {
                bestScore = score;
                best = end;
            }
        }
        return best;
    }
}
