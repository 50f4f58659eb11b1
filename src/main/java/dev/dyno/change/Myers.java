package dev.dyno.change;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way from one sequence to another by insertions and deletions, found from both ends
 * at once in linear space (E. Myers, An O(ND) Difference Algorithm, 1986). Two long texts that have
 * little in common would take forever; then a way that is good enough is taken, after as many steps
 * as git takes, so that both show the same.
 */
final class Myers {
    private static final int FAR = Integer.MAX_VALUE;

    /** So many equal elements in a row are a good sign. */
    private static final int GOOD_RUN = 20;

    /** From this cost on, a diagonal that has come this many times as far is good enough. */
    private static final int COST_OF_CARE = 256;

    private static final int FAR_ENOUGH = 4;

    private final int[] a;
    private final int[] b;
    private final Mark deleted;
    private final Mark inserted;
    private final int mostCost;

    /** The furthest place in {@code a} on each diagonal, from the front and from the back. */
    private final int[] front;

    private final int[] back;

    /** Index of diagonal 0. */
    private final int zero;

    /** Told of an element that only one side has. */
    interface Mark {
        void at(int index);
    }

    Myers(int[] a, int[] b, Mark deleted, Mark inserted) {
        this.a = a;
        this.b = b;
        this.deleted = deleted;
        this.inserted = inserted;
        int diagonals = a.length + b.length + 3;
        front = new int[diagonals + 1];
        back = new int[diagonals + 1];
        zero = b.length + 1;
        mostCost = Math.max(root(diagonals), COST_OF_CARE);
    }

    /** About the square root: the next power of two. */
    static int root(int number) {
        int root = 1;
        for (int left = number; left > 0; left >>= 2) {
            root <<= 1;
        }
        return root;
    }

    void run() {
        // Not by recursion: a long text is cut many thousand times, each cut in what the last left.
        var boxes = new ArrayDeque<Box>();
        boxes.push(new Box(0, a.length, 0, b.length, false));
        while (!boxes.isEmpty()) {
            solve(boxes.pop(), boxes);
        }
    }

    /**
     * A part of {@code a} and one of {@code b}, from a start to before an end.
     *
     * @param care the way through it is to be the shortest, whatever it takes
     */
    private record Box(int a, int aEnd, int b, int bEnd, boolean care) {}

    /**
     * A point the way leads through.
     *
     * @param careBefore the way up to it is to be the shortest
     * @param careBehind the way from it on is to be
     */
    private record Split(int a, int b, boolean careBefore, boolean careBehind) {}

    /** Marks what is left between a common start and a common end, or cuts it in two. */
    private void solve(Box box, Deque<Box> boxes) {
        int i = box.a;
        int j = box.b;
        int iEnd = box.aEnd;
        int jEnd = box.bEnd;
        while (i < iEnd && j < jEnd && a[i] == b[j]) {
            i++;
            j++;
        }
        while (i < iEnd && j < jEnd && a[iEnd - 1] == b[jEnd - 1]) {
            iEnd--;
            jEnd--;
        }
        if (i == iEnd) {
            while (j < jEnd) {
                inserted.at(j++);
            }
        } else if (j == jEnd) {
            while (i < iEnd) {
                deleted.at(i++);
            }
        } else {
            Split split = new Search(new Box(i, iEnd, j, jEnd, box.care)).run();
            boxes.push(new Box(split.a, iEnd, split.b, jEnd, split.careBehind));
            boxes.push(new Box(i, split.a, j, split.b, split.careBefore));
        }
    }

    /** For a point in a box. Diagonal d is where {@code a}'s place less {@code b}'s is d. */
    private final class Search {
        private final Box box;
        private final int lowest;
        private final int highest;
        private final int frontMiddle;
        private final int backMiddle;
        private int frontLow;
        private int frontHigh;
        private int backLow;
        private int backHigh;
        private boolean goodRun;

        Search(Box box) {
            this.box = box;
            lowest = box.a - box.bEnd;
            highest = box.aEnd - box.b;
            frontMiddle = frontLow = frontHigh = box.a - box.b;
            backMiddle = backLow = backHigh = box.aEnd - box.bEnd;
            front[zero + frontMiddle] = box.a;
            back[zero + backMiddle] = box.aEnd;
        }

        Split run() {
            boolean odd = ((frontMiddle - backMiddle) & 1) != 0;
            for (int cost = 1; ; cost++) {
                goodRun = false;
                Split met = stepFront(odd);
                if (met == null) {
                    met = stepBack(!odd);
                }
                if (met == null && !box.care && goodRun && cost > COST_OF_CARE) {
                    met = farOnFront(cost);
                    if (met == null) {
                        met = farOnBack(cost);
                    }
                }
                if (met == null && !box.care && cost >= mostCost) {
                    met = furthest();
                }
                if (met != null) {
                    return met;
                }
            }
        }

        private @Nullable Split stepFront(boolean mayMeet) {
            if (frontLow > lowest) {
                front[zero + --frontLow - 1] = -1;
            } else {
                frontLow++;
            }
            if (frontHigh < highest) {
                front[zero + ++frontHigh + 1] = -1;
            } else {
                frontHigh--;
            }
            for (int d = frontHigh; d >= frontLow; d -= 2) {
                int from = Math.max(front[zero + d - 1] + 1, front[zero + d + 1]);
                int i = from;
                while (i < box.aEnd && i - d < box.bEnd && a[i] == b[i - d]) {
                    i++;
                }
                goodRun |= i - from > GOOD_RUN;
                front[zero + d] = i;
                if (mayMeet && backLow <= d && d <= backHigh && back[zero + d] <= i) {
                    return new Split(i, i - d, true, true);
                }
            }
            return null;
        }

        private @Nullable Split stepBack(boolean mayMeet) {
            if (backLow > lowest) {
                back[zero + --backLow - 1] = FAR;
            } else {
                backLow++;
            }
            if (backHigh < highest) {
                back[zero + ++backHigh + 1] = FAR;
            } else {
                backHigh--;
            }
            for (int d = backHigh; d >= backLow; d -= 2) {
                int from = Math.min(back[zero + d - 1], back[zero + d + 1] - 1);
                int i = from;
                while (i > box.a && i - d > box.b && a[i - 1] == b[i - d - 1]) {
                    i--;
                }
                goodRun |= from - i > GOOD_RUN;
                back[zero + d] = i;
                if (mayMeet && frontLow <= d && d <= frontHigh && i <= front[zero + d]) {
                    return new Split(i, i - d, true, true);
                }
            }
            return null;
        }

        /** Behind a good run on the diagonal that has come furthest from the front. */
        private @Nullable Split farOnFront(int cost) {
            long best = 0;
            Split found = null;
            for (int d = frontHigh; d >= frontLow; d -= 2) {
                int i = front[zero + d];
                int j = i - d;
                long way = (long) (i - box.a) + (j - box.b) - Math.abs(d - frontMiddle);
                if (way > (long) FAR_ENOUGH * cost
                        && way > best
                        && box.a + GOOD_RUN <= i
                        && i < box.aEnd
                        && box.b + GOOD_RUN <= j
                        && j < box.bEnd
                        && isRun(i - GOOD_RUN, j - GOOD_RUN)) {
                    best = way;
                    found = new Split(i, j, true, false);
                }
            }
            return found;
        }

        private @Nullable Split farOnBack(int cost) {
            long best = 0;
            Split found = null;
            for (int d = backHigh; d >= backLow; d -= 2) {
                int i = back[zero + d];
                int j = i - d;
                long way = (long) (box.aEnd - i) + (box.bEnd - j) - Math.abs(d - backMiddle);
                if (way > (long) FAR_ENOUGH * cost
                        && way > best
                        && box.a < i
                        && i <= box.aEnd - GOOD_RUN
                        && box.b < j
                        && j <= box.bEnd - GOOD_RUN
                        && isRun(i, j)) {
                    best = way;
                    found = new Split(i, j, false, true);
                }
            }
            return found;
        }

        private boolean isRun(int i, int j) {
            for (int k = 0; k < GOOD_RUN; k++) {
                if (a[i + k] != b[j + k]) {
                    return false;
                }
            }
            return true;
        }

        /** Enough was spent: the place that is furthest from its end, whatever lies before it. */
        private Split furthest() {
            int forth = -1;
            int forthA = -1;
            for (int d = frontHigh; d >= frontLow; d -= 2) {
                int i = Math.min(Math.min(front[zero + d], box.aEnd), box.bEnd + d);
                if (forth < i + i - d) {
                    forth = i + i - d;
                    forthA = i;
                }
            }
            int rest = FAR;
            int restA = FAR;
            for (int d = backHigh; d >= backLow; d -= 2) {
                int i = Math.max(Math.max(back[zero + d], box.a), box.b + d);
                if (i + i - d < rest) {
                    rest = i + i - d;
                    restA = i;
                }
            }
            return (long) box.aEnd + box.bEnd - rest < (long) forth - (box.a + box.b)
                    ? new Split(forthA, forth - forthA, true, false)
                    : new Split(restA, rest - restA, false, true);
        }
    }
}
