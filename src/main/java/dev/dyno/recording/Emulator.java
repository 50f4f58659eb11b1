package dev.dyno.recording;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Does to a screen what a program's output says: text and the control sequences of an xterm that
 * move, erase, insert and scroll. Colours, titles, questions and the like are passed over.
 */
final class Emulator {
    private static final int MOST_NUMBERS = 16;
    private static final int LARGEST = 100_000;
    private static final int TAB = 8;

    /** What the next character is part of. */
    private enum Place {
        TEXT,
        ESCAPE,
        CHARSET,
        /** The one character of an escape that we pass over. */
        SKIPPED,
        SEQUENCE,
        /** A title or the like, up to BEL or ST. */
        STRING,
        STRING_ESCAPE
    }

    private final Screen screen;
    private final int[] numbers = new int[MOST_NUMBERS];
    private int count;
    private char mark;
    private boolean strange;
    private Place place = Place.TEXT;
    private final Characters characters = new Characters();
    private boolean fromMargin;
    private String last = "";

    /**
     * @param lines is given the text, line by line, as it leaves the screen at its top and at the
     *     end
     */
    Emulator(int columns, int rows, Consumer<String> lines) {
        screen = new Screen(columns, rows, lines);
    }

    void resize(int columns, int rows) {
        screen.resize(columns, rows);
    }

    Screen screen() {
        return screen;
    }

    void end() {
        screen.end();
    }

    void write(String output) {
        for (int i = 0; i < output.length(); ) {
            int c = output.codePointAt(i);
            i += Character.charCount(c);
            switch (place) {
                case TEXT -> text(c);
                case ESCAPE -> escape(c);
                case CHARSET -> {
                    characters.designate(c == '0');
                    place = Place.TEXT;
                }
                case SKIPPED -> place = Place.TEXT;
                case SEQUENCE -> sequence(c);
                case STRING -> {
                    if (c == 0x07 || c == 0x18 || c == 0x1a || c == 0x9c) {
                        place = Place.TEXT;
                    } else if (c == 0x1b) {
                        place = Place.STRING_ESCAPE;
                    }
                }
                case STRING_ESCAPE -> {
                    place = Place.TEXT;
                    if (c != '\\') {
                        escape(c);
                    }
                }
            }
        }
    }

    private void text(int c) {
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            control(c);
        } else if (c >= 0x80) {
            print(Character.toString(c), CharWidth.of(c));
        } else {
            print(characters.of(c), 1);
        }
    }

    private void print(String character, int width) {
        screen.put(character, width);
        last = character;
    }

    private void control(int c) {
        switch (c) {
            case '\b' -> screen.move(screen.x() - 1, screen.y());
            case '\t' -> screen.move((screen.x() / TAB + 1) * TAB, screen.y());
            case '\n', 0x0b, 0x0c -> screen.down();
            case '\r' -> screen.move(0, screen.y());
            case 0x0e, 0x0f -> characters.use(0x0f - c);
            case 0x1b -> place = Place.ESCAPE;
            default -> {}
        }
    }

    private void escape(int c) {
        place = Place.TEXT;
        switch (c) {
            case '[' -> {
                place = Place.SEQUENCE;
                Arrays.fill(numbers, -1);
                count = 0;
                mark = 0;
                strange = false;
            }
            case ']', 'P', 'X', '^', '_', 'k' -> place = Place.STRING;
            case '(', ')' -> {
                characters.choose(c - '(');
                place = Place.CHARSET;
            }
            case '*', '+', '-', '.', '/', '#', '%', ' ' -> place = Place.SKIPPED;
            case '7' -> screen.save();
            case '8' -> screen.restore();
            case 'D' -> screen.down();
            case 'E' -> {
                screen.move(0, screen.y());
                screen.down();
            }
            case 'M' -> screen.up();
            case 'c' -> {
                screen.reset();
                characters.reset();
                fromMargin = false;
            }
            case 0x1b -> place = Place.ESCAPE;
            default -> {}
        }
    }

    private void sequence(int c) {
        if (c >= '0' && c <= '9') {
            if (count < MOST_NUMBERS) {
                numbers[count] = Math.min(Math.max(numbers[count], 0) * 10 + c - '0', LARGEST);
            }
        } else if (c == ';' || c == ':') {
            count++;
        } else if (c >= '<' && c <= '?') {
            mark = (char) c;
        } else if (c >= 0x20 && c < 0x30) {
            strange = true;
        } else if (c >= 0x40 && c < 0x7f) {
            place = Place.TEXT;
            if (strange) {
                return;
            }
            if (mark == 0) {
                perform(c);
            } else if (mark == '?' && (c == 'h' || c == 'l')) {
                for (int i = 0; i <= Math.min(count, MOST_NUMBERS - 1); i++) {
                    mode(numbers[i], c == 'h');
                }
            }
        } else if (c == 0x18 || c == 0x1a) {
            place = Place.TEXT;
        } else {
            control(c);
        }
    }

    /** A number of the sequence; {@code otherwise} where there is none, or 0. */
    private int number(int i, int otherwise) {
        return numbers[i] > 0 ? numbers[i] : otherwise;
    }

    private void perform(int c) {
        int n = number(0, 1);
        int x = screen.x();
        int y = screen.y();
        switch (c) {
            case '@' -> screen.insertCells(n);
            case 'A' -> screen.climb(-n);
            case 'B', 'e' -> screen.climb(n);
            case 'C', 'a' -> screen.move(x + n, y);
            case 'D' -> screen.move(x - n, y);
            case 'E' -> {
                screen.climb(n);
                screen.move(0, screen.y());
            }
            case 'F' -> {
                screen.climb(-n);
                screen.move(0, screen.y());
            }
            case 'G', '`' -> screen.move(n - 1, y);
            case 'H', 'f' -> screen.move(number(1, 1) - 1, n - 1 + origin());
            case 'I' -> screen.move((x / TAB + n) * TAB, y);
            case 'J' -> eraseScreen(number(0, 0));
            case 'K' -> eraseRow(number(0, 0));
            case 'L' -> screen.insertRows(n);
            case 'M' -> screen.deleteRows(n);
            case 'P' -> screen.deleteCells(n);
            case 'S' -> screen.scrollUp(n);
            case 'T' -> screen.scrollDown(screen.top(), n);
            case 'X' -> screen.erase(x, x + n);
            case 'Z' -> screen.move(((x + TAB - 1) / TAB - n) * TAB, y);
            case 'b' -> {
                for (int i = Math.min(n, screen.columns() * screen.height()); i > 0; i--) {
                    screen.put(last, last.isEmpty() ? 0 : CharWidth.of(last.codePointAt(0)));
                }
            }
            case 'd' -> screen.move(x, n - 1 + origin());
            case 'h', 'l' -> {
                if (n == 4) {
                    screen.inserts(c == 'h');
                }
            }
            case 'r' -> {
                screen.margins(n - 1, number(1, screen.height()) - 1);
                screen.move(0, origin());
            }
            case 's' -> screen.save();
            case 'u' -> screen.restore();
            default -> {}
        }
    }

    private int origin() {
        return fromMargin ? screen.top() : 0;
    }

    private void eraseScreen(int part) {
        int y = screen.y();
        switch (part) {
            case 0 -> {
                eraseRow(0);
                screen.eraseRows(y + 1, screen.height());
            }
            case 1 -> {
                screen.eraseRows(0, y);
                eraseRow(1);
            }
            case 2 -> screen.eraseRows(0, screen.height());
            default -> {}
        }
    }

    private void eraseRow(int part) {
        int x = screen.x();
        screen.erase(part == 0 ? x : 0, part == 1 ? x + 1 : screen.columns());
    }

    private void mode(int mode, boolean on) {
        switch (mode) {
            case 6 -> {
                fromMargin = on;
                screen.move(0, origin());
            }
            case 7 -> screen.wraps(on);
            case 47, 1047 -> screen.alternate(on);
            case 1048 -> cursor(on);
            case 1049 -> {
                if (on) {
                    cursor(true);
                }
                screen.alternate(on);
                if (!on) {
                    cursor(false);
                }
            }
            default -> {}
        }
    }

    private void cursor(boolean save) {
        if (save) {
            screen.save();
        } else {
            screen.restore();
        }
    }
}
