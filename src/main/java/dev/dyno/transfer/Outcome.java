package dev.dyno.transfer;

/**
 * What became of a copy.
 *
 * @param leftOut how many entries of a directory were neither files nor directories, or have names
 *     that cannot be written here
 */
public record Outcome(Kind kind, int leftOut) {
    /** With the statuses by which the script in the dyno tells of them. */
    public enum Kind {
        DONE(0),
        NOT_FOUND(66),
        IS_DIRECTORY(67),
        OUTSIDE(68),
        EXISTS(69),
        FAILED(70);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        static Kind of(int status) {
            for (Kind kind : values()) {
                if (kind.status == status) {
                    return kind;
                }
            }
            return FAILED;
        }
    }

    static Outcome failed() {
        return new Outcome(Kind.FAILED, 0);
    }
}
