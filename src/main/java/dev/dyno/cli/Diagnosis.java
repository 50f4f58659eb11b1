package dev.dyno.cli;

/**
 * One thing a machine gives dyno, or does not.
 *
 * @param remedy the command that would change it; empty where there is nothing to change or to do
 */
record Diagnosis(String name, State state, String text, String remedy) {
    enum State {
        GOOD("ok"),
        /** dyno works, but could do better. */
        LESS("less"),
        /** dyno cannot run at all. */
        BROKEN("broken");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As {@code doctor --json} writes it. */
        String word() {
            return word;
        }
    }

    static Diagnosis good(String name, String text) {
        return new Diagnosis(name, State.GOOD, text, "");
    }

    static Diagnosis less(String name, String text, String remedy) {
        return new Diagnosis(name, State.LESS, text, remedy);
    }

    static Diagnosis broken(String name, String text, String remedy) {
        return new Diagnosis(name, State.BROKEN, text, remedy);
    }
}
