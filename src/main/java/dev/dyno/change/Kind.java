package dev.dyno.change;

/** What happened to a file, by git's letters. */
public enum Kind {
    ADDED('A', "added"),
    MODIFIED('M', "modified"),
    DELETED('D', "deleted"),
    RENAMED('R', "renamed"),
    /** A file became a symbolic link, or the other way round. */
    TYPE_CHANGED('T', "type_changed");

    private final char letter;
    private final String label;

    Kind(char letter, String label) {
        this.letter = letter;
        this.label = label;
    }

    public char letter() {
        return letter;
    }

    public String label() {
        return label;
    }
}
