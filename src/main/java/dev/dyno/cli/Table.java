package dev.dyno.cli;

import dev.dyno.text.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table as Heroku's commands print it: underlined headers, columns flush left (heroku.md 0.1).
 */
final class Table {
    private static final int BETWEEN = 3;

    /**
     * What stands in a row under one header.
     *
     * @param style puts colours around it, which take no room
     */
    record Cell(String text, UnaryOperator<String> style) {
        Cell {
            text = Printable.escape(text);
        }

        static Cell plain(String text) {
            return new Cell(text, UnaryOperator.identity());
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }
    }

    private final List<List<Cell>> rows = new ArrayList<>();

    Table(String... headers) {
        row(List.of(headers).stream().map(Cell::plain).toArray(Cell[]::new));
    }

    /** One more row, with a cell for each header. */
    void row(Cell... cells) {
        if (!rows.isEmpty() && cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells");
        }
        rows.add(List.of(cells));
    }

    /** Prints it and an empty line. */
    void print(PrintStream out) {
        int[] widths = widths();
        int line = 2 - BETWEEN;
        for (int width : widths) {
            line += width + BETWEEN;
        }
        for (int i = 0; i < rows.size(); i++) {
            out.print("  " + row(rows.get(i), widths) + "\n");
            if (i == 0) {
                out.print(" " + "─".repeat(line) + "\n");
            }
        }
        out.print("\n");
    }

    private int[] widths() {
        var widths = new int[rows.getFirst().size()];
        for (List<Cell> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }

    /** Blanks go out only before something: none stand at the end of a line. */
    private static String row(List<Cell> row, int[] widths) {
        var line = new StringBuilder();
        int blanks = 0;
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            if (!cell.text().isEmpty()) {
                line.repeat(' ', blanks).append(cell.style().apply(cell.text()));
                blanks = 0;
            }
            blanks += widths[i] - cell.width() + BETWEEN;
        }
        return line.toString();
    }
}
