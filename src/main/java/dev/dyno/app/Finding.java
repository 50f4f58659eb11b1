package dev.dyno.app;

/**
 * An error or a warning about a file, told so that it can be shown to anyone: for an .env file it
 * never holds a value.
 *
 * @param line counted from 1; 0 when it is about the whole file
 * @param column counted in characters from 1, possibly just behind what {@code source} shows; 0
 *     when no character is to blame
 * @param source the line with control characters replaced one for one; of an .env file the part up
 *     to {@code =} at most
 */
public record Finding(String file, int line, int column, String message, String source) {
    public Finding {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line " + line + ", column " + column);
        }
    }

    /** {@code Procfile:3: no ":"}. */
    public String describe() {
        String name = Visible.escaped(file);
        return line == 0 ? name + ": " + message : name + ":" + line + ": " + message;
    }

    @Override
    public String toString() {
        return describe();
    }
}
