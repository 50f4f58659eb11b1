package dev.dyno.recording;

import java.util.function.Consumer;

/**
 * Rows made into lines again: what was too long for a row is one line; blank lines at the end are
 * none.
 */
final class Transcript {
    /** A line longer than this is handed on in pieces, so that memory is bounded. */
    private static final int LONGEST = 1 << 20;

    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();
    private int blank;

    Transcript(Consumer<String> lines) {
        this.lines = lines;
    }

    void add(Row row) {
        row.appendTo(line);
        if (!row.goesOn() || line.length() > LONGEST) {
            say();
        }
    }

    /** What is to come is another text. */
    void end() {
        if (!line.isEmpty()) {
            say();
        }
        blank = 0;
    }

    private void say() {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (text.isEmpty()) {
            blank++;
            return;
        }
        for (; blank > 0; blank--) {
            lines.accept("");
        }
        lines.accept(text);
    }
}
