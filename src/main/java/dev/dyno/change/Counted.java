package dev.dyno.change;

/**
 * How many lines of one file were added and deleted.
 *
 * @param insertions lines, or for a binary file its new size in bytes
 * @param deletions lines, or its old size
 */
record Counted(String name, boolean binary, long insertions, long deletions) {
    static Counted of(Change change) {
        String name = name(change);
        Texts texts = Texts.of(change.before(), change.after());
        if (texts.isSame()) {
            return new Counted(name, texts.isBinary(), 0, 0);
        }
        if (texts.isBinary()) {
            return new Counted(name, true, change.newSize().orElse(0), change.oldSize().orElse(0));
        }
        Script script = texts.script();
        return new Counted(name, false, script.insertions(), script.deletions());
    }

    private static String name(Change change) {
        return change.oldPath()
                .map(old -> Renaming.of(old, change.path()))
                .orElseGet(() -> Quoted.of("", change.path()));
    }

    long changed() {
        return insertions + deletions;
    }
}
