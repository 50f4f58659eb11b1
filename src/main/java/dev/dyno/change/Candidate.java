package dev.dyno.change;

/**
 * What may have been renamed to what.
 *
 * @param score how similar they are, of 60 000
 * @param sameName whether what stands behind the last slash is the same
 */
record Candidate(Change deleted, Change added, int score, boolean sameName) {
    boolean isBetterThan(Candidate other) {
        return compare(this, other) < 0;
    }

    static int compare(Candidate one, Candidate other) {
        return one.score == other.score
                ? Boolean.compare(other.sameName, one.sameName)
                : Integer.compare(other.score, one.score);
    }
}
