package dev.dyno.recording;

/** What ASCII's characters look like now: themselves, or the lines of DEC's graphics. */
final class Characters {
    /** From {@code `} to {@code ~}. */
    private static final String LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private static final String[] ASCII = new String[0x80];

    static {
        for (int i = 0; i < ASCII.length; i++) {
            ASCII[i] = Character.toString(i);
        }
    }

    private final boolean[] drawing = new boolean[2];
    private int used;
    private int chosen;

    /** The same, to be kept while this one changes. */
    Characters copy() {
        var copy = new Characters();
        System.arraycopy(drawing, 0, copy.drawing, 0, drawing.length);
        copy.used = used;
        return copy;
    }

    String of(int ascii) {
        return drawing[used] && ascii >= '`' && ascii <= '~'
                ? LINES.substring(ascii - '`', ascii - '`' + 1)
                : ASCII[ascii];
    }

    /** Which of the two sets is in use: 0 or 1. */
    void use(int set) {
        used = set;
    }

    /** Of which of them the next {@link #designate} speaks. */
    void choose(int set) {
        chosen = set;
    }

    void designate(boolean lines) {
        drawing[chosen] = lines;
    }
}
