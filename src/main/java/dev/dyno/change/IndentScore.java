package dev.dyno.change;

/** How good a place for the edge of a change is: the smaller, the better. */
record IndentScore(int indent, int penalty) implements Comparable<IndentScore> {
    private static final int WEIGHT = 60;

    IndentScore plus(IndentScore other) {
        return new IndentScore(indent + other.indent, penalty + other.penalty);
    }

    @Override
    public int compareTo(IndentScore other) {
        int deeper = indent == other.indent ? 0 : indent > other.indent ? WEIGHT : -WEIGHT;
        return deeper + penalty - other.penalty;
    }
}
