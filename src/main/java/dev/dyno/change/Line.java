package dev.dyno.change;

import java.util.Arrays;

/** A line as a key: the same for the same bytes. */
final class Line {
    private final byte[] text;
    private final int start;
    private final int end;
    private final int hash;

    Line(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        int sum = 1;
        for (int i = start; i < end; i++) {
            sum = 31 * sum + text[i];
        }
        hash = sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Line line
                && hash == line.hash
                && Arrays.equals(text, start, end, line.text, line.start, line.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
