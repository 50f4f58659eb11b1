package dev.dyno.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a screen, from its top to its bottom. */
final class Rows {
    private final List<Row> rows = new ArrayList<>();
    private int columns;

    Rows(int columns, int height) {
        this.columns = columns;
        fill(height);
    }

    private void fill(int height) {
        while (rows.size() < height) {
            rows.add(new Row(columns));
        }
    }

    Row get(int y) {
        return rows.get(y);
    }

    /**
     * Of a smaller height {@code above} rows leave at the top, and what else is too much at the
     * bottom.
     */
    void resize(int newColumns, int height, int above, Consumer<Row> leaving) {
        columns = newColumns;
        for (int i = 0; i < above; i++) {
            leaving.accept(rows.removeFirst());
        }
        while (rows.size() > height) {
            rows.removeLast();
        }
        rows.forEach(row -> row.widen(columns));
        fill(height);
    }

    /** Between two rows all go up, so many times: the upper one leaves, the lower one is new. */
    void up(int top, int bottom, int times, Consumer<Row> leaving) {
        for (int i = Math.min(times, rows.size()); i > 0; i--) {
            leaving.accept(rows.remove(top));
            rows.add(bottom, new Row(columns));
        }
    }

    /** Between two rows all go down, so many times: the lower one is gone, the upper one is new. */
    void down(int top, int bottom, int times) {
        for (int i = Math.min(times, rows.size()); i > 0; i--) {
            rows.remove(bottom);
            rows.add(top, new Row(columns));
        }
    }

    void erase(int y) {
        rows.set(y, new Row(columns));
    }

    void forEach(Consumer<Row> what) {
        rows.forEach(what);
    }

    List<String> shown() {
        var shown = new ArrayList<String>();
        for (Row row : rows) {
            var text = new StringBuilder();
            row.appendTo(text);
            shown.add(text.toString().stripTrailing());
        }
        return shown;
    }
}
