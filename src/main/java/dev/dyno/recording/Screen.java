package dev.dyno.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a terminal shows: rows, a cursor, margins, and a second screen for programs that take all of
 * it. It knows text only, no colours. What leaves it at the top is handed on, as whole lines.
 */
final class Screen {
    private final Transcript transcript;
    private List<Row> rows;
    private List<Row> hidden;
    private boolean alternate;
    private int columns;
    private int height;
    private int top;
    private int bottom;
    private Cursor cursor = new Cursor(0, 0, false);
    private Cursor saved = cursor;
    private Cursor savedOfHidden = cursor;
    private boolean wraps = true;
    private boolean inserts;

    /**
     * Where the next character goes.
     *
     * @param full whether that is the next row, the last cell of this one having been written
     */
    private record Cursor(int x, int y, boolean full) {}

    Screen(int columns, int height, Consumer<String> lines) {
        this.columns = columns;
        this.height = height;
        transcript = new Transcript(lines);
        rows = blank();
        hidden = blank();
        bottom = height - 1;
    }

    private List<Row> blank() {
        var blank = new ArrayList<Row>();
        for (int i = 0; i < height; i++) {
            blank.add(new Row(columns));
        }
        return blank;
    }

    int x() {
        return cursor.x;
    }

    int y() {
        return cursor.y;
    }

    int height() {
        return height;
    }

    int columns() {
        return columns;
    }

    int top() {
        return top;
    }

    /** As in a real window: what no longer fits leaves at the top; nothing is wrapped anew. */
    void resize(int newColumns, int newHeight) {
        columns = newColumns;
        rows.forEach(row -> row.widen(newColumns));
        hidden.forEach(row -> row.widen(newColumns));
        int y = cursor.y;
        while (rows.size() > newHeight) {
            if (y < newHeight) {
                rows.removeLast();
            } else {
                leave(rows.removeFirst());
                y--;
            }
        }
        while (hidden.size() > newHeight) {
            hidden.removeLast();
        }
        height = newHeight;
        fill(rows);
        fill(hidden);
        top = 0;
        bottom = height - 1;
        move(cursor.x, y);
    }

    private void fill(List<Row> few) {
        while (few.size() < height) {
            few.add(new Row(columns));
        }
    }

    void put(String character, int width) {
        if (width == 0) {
            row().combine(cursor.full || cursor.x == 0 ? cursor.x : cursor.x - 1, character);
            return;
        }
        if (width > columns) {
            return;
        }
        if ((cursor.full && wraps) || cursor.x + width > columns) {
            if (!wraps) {
                cursor = new Cursor(columns - width, cursor.y, false);
            } else {
                row().goesOn(true);
                cursor = new Cursor(0, cursor.y, false);
                down();
            }
        }
        if (inserts) {
            row().insert(cursor.x, width, columns);
        }
        row().put(cursor.x, character, width);
        int next = cursor.x + width;
        cursor = new Cursor(Math.min(next, columns - 1), cursor.y, next == columns);
    }

    private Row row() {
        return rows.get(cursor.y);
    }

    /** Within the screen, whatever the numbers. */
    void move(int x, int y) {
        int column = Math.clamp(x, 0, columns - 1);
        cursor = new Cursor(column, Math.clamp(y, 0, height - 1), false);
    }

    /** Up or down, but not beyond a margin. */
    void climb(int by) {
        int least = cursor.y >= top ? top : 0;
        int most = cursor.y <= bottom ? bottom : height - 1;
        move(cursor.x, Math.clamp((long) cursor.y + by, least, most));
    }

    /** To the row below; at the lower margin everything moves up. */
    void down() {
        if (cursor.y == bottom) {
            scrollUp(1);
        } else {
            cursor = new Cursor(cursor.x, Math.min(cursor.y + 1, height - 1), cursor.full);
        }
    }

    /** To the row above; at the upper margin everything moves down. */
    void up() {
        if (cursor.y == top) {
            scrollDown(top, 1);
        } else {
            cursor = new Cursor(cursor.x, Math.max(cursor.y - 1, 0), cursor.full);
        }
    }

    void scrollUp(int count) {
        for (int i = Math.min(count, height); i > 0; i--) {
            Row gone = rows.remove(top);
            if (top == 0) {
                leave(gone);
            }
            rows.add(bottom, new Row(columns));
        }
    }

    /** Blank rows come in from a row on, down to the lower margin. */
    void scrollDown(int from, int count) {
        if (from > bottom) {
            return;
        }
        for (int i = Math.min(count, height); i > 0; i--) {
            rows.remove(bottom);
            rows.add(from, new Row(columns));
        }
    }

    void insertRows(int count) {
        if (cursor.y >= top) {
            scrollDown(cursor.y, count);
        }
    }

    void deleteRows(int count) {
        if (cursor.y < top || cursor.y > bottom) {
            return;
        }
        for (int i = Math.min(count, height); i > 0; i--) {
            rows.remove(cursor.y);
            rows.add(bottom, new Row(columns));
        }
    }

    private void leave(Row row) {
        if (!alternate) {
            transcript.add(row);
        }
    }

    void insertCells(int count) {
        row().insert(cursor.x, Math.min(count, columns - cursor.x), columns);
    }

    void deleteCells(int count) {
        row().delete(cursor.x, Math.min(count, columns - cursor.x), columns);
        row().goesOn(false);
    }

    /** Cells of the cursor's row, from one column to before another. */
    void erase(int from, int to) {
        row().clear(from, Math.min(to, columns));
        if (to >= columns) {
            row().goesOn(false);
        }
    }

    /** Rows from one to before another. */
    void eraseRows(int from, int to) {
        for (int y = Math.max(from, 0); y < Math.min(to, height); y++) {
            rows.set(y, new Row(columns));
        }
    }

    void margins(int first, int last) {
        if (first < last && last < height) {
            top = first;
            bottom = last;
        }
    }

    void wraps(boolean now) {
        wraps = now;
    }

    void inserts(boolean now) {
        inserts = now;
    }

    void save() {
        saved = cursor;
    }

    void restore() {
        move(saved.x, saved.y);
        cursor = new Cursor(cursor.x, cursor.y, saved.full && cursor.x == columns - 1);
    }

    /** Goes over to the second screen, or back from it. */
    void alternate(boolean now) {
        if (now != alternate) {
            List<Row> other = hidden;
            hidden = rows;
            rows = now ? blank() : other;
            alternate = now;
            Cursor otherSaved = savedOfHidden;
            savedOfHidden = saved;
            saved = otherSaved;
        }
    }

    /** As it was when it was switched on; what it shows is gone. */
    void reset() {
        alternate(false);
        rows = blank();
        top = 0;
        bottom = height - 1;
        move(0, 0);
        saved = cursor;
        wraps = true;
        inserts = false;
    }

    /** What it shows now, row by row. */
    List<String> shown() {
        var shown = new ArrayList<String>();
        for (Row row : rows) {
            var text = new StringBuilder();
            row.appendTo(text);
            shown.add(text.toString().stripTrailing());
        }
        return shown;
    }

    /** Hands on all it shows, of a second screen too. */
    void end() {
        (alternate ? hidden : rows).forEach(transcript::add);
        transcript.end();
        if (alternate) {
            rows.forEach(transcript::add);
            transcript.end();
        }
    }
}
