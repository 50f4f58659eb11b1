package dev.dyno.recording;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line of a screen: a character to a cell, with what combines with it. */
final class Row {
    /** The right half of a wide character. */
    private static final String HALF = "";

    private @Nullable String[] cells;

    /** Whether its text goes on in the row below, since the line was too long. */
    private boolean goesOn;

    Row(int columns) {
        cells = new @Nullable String[columns];
    }

    /** What is beyond the width stays, as it does in a window that is made smaller. */
    void widen(int columns) {
        if (columns > cells.length) {
            cells = Arrays.copyOf(cells, columns);
        }
    }

    boolean goesOn() {
        return goesOn;
    }

    void goesOn(boolean now) {
        goesOn = now;
    }

    void put(int column, String character, int width) {
        clear(column, column + width);
        cells[column] = character;
        if (width == 2) {
            cells[column + 1] = HALF;
        }
    }

    /** One character in each cell. */
    void fill(String character, int columns) {
        Arrays.fill(cells, 0, columns, character);
    }

    /** Adds a mark to the character at or before a column. */
    void combine(int column, String mark) {
        int at = column > 0 && HALF.equals(cells[column]) ? column - 1 : column;
        String base = cells[at];
        // No text has so many marks; a recording that would fill the memory has.
        if (base == null || base.length() < 32) {
            cells[at] = (base == null ? " " : base) + mark;
        }
    }

    /** Of a wide character of which one half is cleared the other is no more. */
    void clear(int from, int to) {
        int end = Math.min(to, cells.length);
        if (from >= end) {
            return;
        }
        if (from > 0 && HALF.equals(cells[from])) {
            cells[from - 1] = null;
        }
        if (end < cells.length && HALF.equals(cells[end])) {
            cells[end] = null;
        }
        Arrays.fill(cells, from, end, null);
    }

    /** Makes room at a column; what is pushed beyond {@code columns} is gone. */
    void insert(int column, int count, int columns) {
        int moved = columns - column - count;
        split(column);
        if (moved > 0) {
            split(columns - count);
            System.arraycopy(cells, column, cells, column + count, moved);
        }
        clear(column, Math.min(column + count, columns));
    }

    /** Takes out cells at a column; blanks come in at the end. */
    void delete(int column, int count, int columns) {
        int moved = columns - column - count;
        split(column);
        if (moved > 0) {
            split(column + count);
            System.arraycopy(cells, column + count, cells, column, moved);
        }
        Arrays.fill(cells, column + Math.max(moved, 0), columns, null);
    }

    /** A wide character across this column's left edge is no more. */
    private void split(int column) {
        if (column > 0 && column < cells.length && HALF.equals(cells[column])) {
            cells[column - 1] = null;
            cells[column] = null;
        }
    }

    /** Its text; blanks at its end are left out unless it goes on. */
    void appendTo(StringBuilder text) {
        int end = cells.length;
        while (end > 0 && cells[end - 1] == null) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            String cell = cells[i];
            text.append(cell == null ? " " : cell);
        }
    }
}
