package dev.dyno.change;

import java.util.Map;

/** A text cut behind each newline; what follows the last one is a line too. */
final class Lines {
    private static final int MOST_INDENT = 200;
    private static final int TAB = 8;

    private final byte[] text;

    /** Where each line starts, and where the last one ends. */
    private final int[] starts;

    private final int count;

    Lines(byte[] text) {
        this.text = text;
        int newlines = 0;
        for (byte each : text) {
            newlines += each == '\n' ? 1 : 0;
        }
        boolean rest = text.length > 0 && text[text.length - 1] != '\n';
        count = newlines + (rest ? 1 : 0);
        starts = new int[count + 1];
        int line = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                starts[++line] = i + 1;
            }
        }
        starts[count] = text.length;
    }

    int count() {
        return count;
    }

    byte[] text() {
        return text;
    }

    int start(int line) {
        return starts[line];
    }

    int end(int line) {
        return starts[line + 1];
    }

    boolean endsWithNewline(int line) {
        return text[end(line) - 1] == '\n';
    }

    /** A number for each line, the same for the same bytes. */
    int[] numbers(Map<Line, Integer> known) {
        var numbers = new int[count];
        for (int i = 0; i < count; i++) {
            var line = new Line(text, start(i), end(i));
            Integer number = known.putIfAbsent(line, known.size());
            numbers[i] = number == null ? known.size() - 1 : number;
        }
        return numbers;
    }

    /** How far a line is set in, in columns; -1 for a blank one. */
    int indent(int line) {
        int indent = 0;
        for (int i = start(line); i < end(line); i++) {
            byte c = text[i];
            if (!isSpace(c)) {
                return indent;
            }
            if (c == ' ') {
                indent++;
            } else if (c == '\t') {
                indent += TAB - indent % TAB;
            }
            if (indent >= MOST_INDENT) {
                return MOST_INDENT;
            }
        }
        return -1;
    }

    static boolean isSpace(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
