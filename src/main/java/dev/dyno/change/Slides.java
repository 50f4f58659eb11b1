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
            earliest = groups.end();
            besideOther = !others.isEmpty();
            while (groups.down(lines)) {
                others.next();
                besideOther |= !others.isEmpty();
            }
        } while (size != groups.size());
        if (groups.end() == earliest) {
            return;
        }
        if (besideOther) {
            while (others.isEmpty()) {
                up();
            }
            return;
        }
        int best = best(Math.max(earliest, groups.end() - Math.min(size + 1, MOST)), size);
        while (groups.end() > best) {
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
        IndentScore bestScore = new IndentScore(0, 0);
        for (int end = earliest; end <= groups.end(); end++) {
            IndentScore score =
                    Indents.at(text, end).score().plus(Indents.at(text, end - size).score());
            if (best < 0 || score.compareTo(bestScore) <= 0) {
                bestScore = score;
                best = end;
            }
        }
        return best;
    }
}
