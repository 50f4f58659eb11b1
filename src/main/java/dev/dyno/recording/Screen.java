package dev.dyno.recording;

import java.util.List;
import java.util.function.Consumer;

/**
 * What a terminal shows: rows, a cursor, margins, and a second screen for programs that take all of
 * it. It knows text only, no colours. What leaves it at the top is handed on, as whole lines.
 */
final class Screen {
    private final Transcript transcript;
    private Rows rows;
    private Rows hidden;
    private boolean alternate;
    private int columns;
    private int height;
    private Margins margins;
    private Cursor cursor = Cursor.HOME;
    private Saved saved = Saved.NOTHING;
    private Saved savedOfHidden = Saved.NOTHING;
    private final Tabs tabs = new Tabs();
    private boolean wraps = true;
    private boolean inserts;
    private boolean fromMargin;

    Screen(int columns, int height, Consumer<String> lines) {
        this.columns = columns;
        this.height = height;
        transcript = new Transcript(lines);
        rows = blank();
        hidden = blank();
        margins = Margins.none(height);
    }

    private Rows blank() {
        return new Rows(columns, height);
    }

    int x() {
        return cursor.x();
    }

    int y() {
        return cursor.y();
    }

    int height() {
        return height;
    }

    int columns() {
        return columns;
    }

    /** As in a real window: what no longer fits leaves at the top; nothing is wrapped anew. */
    void resize(int newColumns, int newHeight) {
        columns = newColumns;
        height = newHeight;
        int above = Math.max(cursor.y() + 1 - height, 0);
        rows.resize(columns, height, above, this::leave);
        hidden.resize(columns, height, 0, _ -> {});
        margins = Margins.none(height);
        move(cursor.x(), cursor.y() - above);
    }

    void put(String character, int width) {
        if (width == 0) {
            row().combine(
                            cursor.full() || cursor.x() == 0 ? cursor.x() : cursor.x() - 1,
                            character);
            return;
        }
        if (width > columns) {
            return;
        }
        if ((cursor.full() && wraps) || cursor.x() + width > columns) {
            if (!wraps) {
                cursor = new Cursor(columns - width, cursor.y(), false);
            } else {
                row().goesOn(true);
                cursor = new Cursor(0, cursor.y(), false);
                down();
            }
        }
        if (inserts) {
            row().insert(cursor.x(), width, columns);
        }
        row().put(cursor.x(), character, width);
        int next = cursor.x() + width;
        cursor = new Cursor(Math.min(next, columns - 1), cursor.y(), next == columns);
    }

    private Row row() {
        return rows.get(cursor.y());
    }

    /** Within the screen, whatever the numbers. */
    void move(int x, int y) {
        int column = Math.clamp(x, 0, columns - 1);
        cursor = new Cursor(column, Math.clamp(y, 0, height - 1), false);
    }

    /** As a program counts: where it asked for that from the upper margin, and within both. */
    void place(int x, int y) {
        move(x, fromMargin ? margins.below(y) : y);
    }

    /** Whether rows are counted from the upper margin on. */
    void fromMargin(boolean now) {
        fromMargin = now;
        place(0, 0);
    }

    /** So many tab stops on, or back. What waits for the next row at the last column still does. */
    void tab(int count) {
        int x = tabs.from(cursor.x(), count, columns - 1);
        cursor = new Cursor(x, cursor.y(), cursor.full() && x == cursor.x());
    }

    Tabs tabs() {
        return tabs;
    }

    /** The next character goes to the last cell, even if that has been written. */
    private void stay() {
        cursor = new Cursor(cursor.x(), cursor.y(), false);
    }

    /** Up or down, but not beyond a margin. */
    void climb(int by) {
        move(cursor.x(), margins.climb(cursor.y(), by));
    }

    /** To the row below; at the lower margin everything moves up. */
    void down() {
        stay();
        if (cursor.y() == margins.bottom()) {
            scrollUp(1);
        } else {
            move(cursor.x(), cursor.y() + 1);
        }
    }

    /** To the row above; at the upper margin everything moves down. */
    void up() {
        stay();
        if (cursor.y() == margins.top()) {
            scrollDown(1);
        } else {
            move(cursor.x(), cursor.y() - 1);
        }
    }

    void scrollUp(int count) {
        boolean leaving = margins.top() == 0;
        rows.up(margins.top(), margins.bottom(), count, leaving ? this::leave : _ -> {});
    }

    void scrollDown(int count) {
        rows.down(margins.top(), margins.bottom(), count);
    }

    void insertRows(int count) {
        if (margins.contain(cursor.y())) {
            stay();
            rows.down(cursor.y(), margins.bottom(), count);
        }
    }

    void deleteRows(int count) {
        if (margins.contain(cursor.y())) {
            stay();
            rows.up(cursor.y(), margins.bottom(), count, _ -> {});
        }
    }

    private void leave(Row row) {
        if (!alternate) {
            transcript.add(row);
        }
    }

    void insertCells(int count) {
        stay();
        row().insert(cursor.x(), Math.min(count, columns - cursor.x()), columns);
    }

    void deleteCells(int count) {
        stay();
        row().delete(cursor.x(), Math.min(count, columns - cursor.x()), columns);
        row().goesOn(false);
    }

    /** Cells of the cursor's row, from one column to before another. */
    void erase(int from, int to) {
        if (from == cursor.x()) {
            stay();
        }
        row().clear(from, Math.min(to, columns));
        if (to >= columns) {
            row().goesOn(false);
        }
    }

    /** Rows from one to before another. */
    void eraseRows(int from, int to) {
        for (int y = Math.max(from, 0); y < Math.min(to, height); y++) {
            rows.erase(y);
        }
    }

    void margins(int first, int last) {
        int lowest = Math.min(last, height - 1);
        if (first < lowest) {
            margins = new Margins(first, lowest, height);
            place(0, 0);
        }
    }

    /** Fills it, so that people can adjust it. */
    void align() {
        rows.forEach(row -> {
            row.fill("E", columns);
            row.goesOn(false);
        });
        noMargins();
        move(0, 0);
    }

    private void noMargins() {
        margins = Margins.none(height);
        fromMargin = false;
    }

    void wraps(boolean now) {
        wraps = now;
    }

    void inserts(boolean now) {
        inserts = now;
    }

    void save(Characters characters) {
        saved = new Saved(cursor, fromMargin, characters.copy());
    }

    /** Back to what was saved; what characters looked like then is the answer. */
    Characters restore() {
        fromMargin = saved.fromMargin();
        Cursor to = saved.cursor();
        place(to.x(), fromMargin ? to.y() - margins.top() : to.y());
        cursor = new Cursor(cursor.x(), cursor.y(), to.full() && cursor.x() == columns - 1);
        return saved.characters().copy();
    }

    /** Goes over to the second screen, or back from it. */
    void alternate(boolean now) {
        if (now != alternate) {
            Rows other = hidden;
            hidden = rows;
            rows = now ? blank() : other;
            alternate = now;
            Saved otherSaved = savedOfHidden;
            savedOfHidden = saved;
            saved = otherSaved;
        }
    }

    /** As it was when it was switched on; what it shows is gone. */
    void reset() {
        alternate(false);
        rows = blank();
        tabs.reset();
        move(0, 0);
        resetModes();
    }

    /** What it shows stays, and the cursor where it is. */
    void resetModes() {
        noMargins();
        saved = Saved.NOTHING;
        wraps = true;
        inserts = false;
    }

    /** What it shows now, row by row. */
    List<String> shown() {
        return rows.shown();
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
