package dev.dyno.recording;

import java.util.function.Consumer;

/**
 * Does to a screen what a program's output says: text and the control sequences of an xterm that
 * move, erase, insert and scroll. Colours, titles, questions and the like are passed over.
 */
final class Emulator {
    private static final int CANCEL = 0x18;
    private static final int SUBSTITUTE = 0x1a;

    /** What the next character is part of. */
    private enum Place {
        TEXT,
        ESCAPE,
        CHARSET,
        /** Behind a number sign. */
        SIZE,
        /** The one character of an escape that we pass over. */
        SKIPPED,
        SEQUENCE,
        /** A title or the like, up to BEL or ST. */
        STRING,
        STRING_ESCAPE
    }

    private final Screen screen;
    private final Sequence sequence = new Sequence();
    private Place place = Place.TEXT;
    private Characters characters = new Characters();
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
                case SIZE -> {
                    if (c == '8') {
                        screen.align();
                    }
                    place = Place.TEXT;
                }
                case SKIPPED -> place = Place.TEXT;
                case SEQUENCE -> sequence(c);
                case STRING -> {
                    if (c == 0x07 || c == CANCEL || c == SUBSTITUTE || c == 0x9c) {
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
            case '\t' -> screen.tab(1);
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
                sequence.begin();
            }
            case ']', 'P', 'X', '^', '_', 'k' -> place = Place.STRING;
            case '(', ')' -> {
                characters.choose(c - '(');
                place = Place.CHARSET;
            }
            case '*', '+', '-', '.', '/', '%', ' ' -> place = Place.SKIPPED;
            case '#' -> place = Place.SIZE;
            case '7' -> screen.save(characters);
            case '8' -> characters = screen.restore();
            case 'D' -> screen.down();
            case 'E' -> {
                screen.move(0, screen.y());
                screen.down();
            }
            case 'H' -> screen.tabs().set(screen.x());
            case 'M' -> screen.up();
            case 'c' -> {
                screen.reset();
                characters = new Characters();
            }
            default -> {
                if (c < 0x20 && c != CANCEL && c != SUBSTITUTE) {
                    place = Place.ESCAPE;
                    control(c);
                }
            }
        }
    }

    private void sequence(int c) {
        if (c == CANCEL || c == SUBSTITUTE) {
            place = Place.TEXT;
        } else if (c < 0x20 || c >= 0x7f) {
            control(c);
        } else if (sequence.endsWith(c)) {
            place = Place.TEXT;
            end(c);
        }
    }

    private void end(int c) {
        if (sequence.middle() == '!' && c == 'p') {
            screen.resetModes();
            characters = new Characters();
        }
        if (sequence.middle() != 0) {
            return;
        }
        switch (sequence.mark()) {
            case 0 -> perform(c);
            case '?' -> performPrivate(c);
            default -> {}
        }
    }

    private void performPrivate(int c) {
        switch (c) {
            case 'h', 'l' -> {
                for (int mode : sequence.numbers()) {
                    mode(mode, c == 'h');
                }
            }
            case 'J' -> Erasing.screen(number(0, 0), screen);
            case 'K' -> Erasing.row(number(0, 0), screen);
            default -> {}
        }
    }

    private int number(int i, int otherwise) {
        return sequence.number(i, otherwise);
    }

    private void perform(int c) {
        int n = number(0, 1);
        int x = screen.x();
        int y = screen.y();
        switch (c) {
            case '@' -> screen.insertCells(n);
            case 'A' -> screen.climb(-n);
            case 'B' -> screen.climb(n);
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
            case 'H', 'f' -> screen.place(number(1, 1) - 1, n - 1);
            case 'I' -> screen.tab(n);
            case 'J' -> Erasing.screen(number(0, 0), screen);
            case 'K' -> Erasing.row(number(0, 0), screen);
            case 'L' -> screen.insertRows(n);
            case 'M' -> screen.deleteRows(n);
            case 'P' -> screen.deleteCells(n);
            case 'S' -> screen.scrollUp(n);
            case 'T' -> screen.scrollDown(n);
            case 'X' -> screen.erase(x, x + n);
            case 'Z' -> screen.tab(-n);
            case 'b' -> {
                for (int i = Math.min(n, screen.columns() * screen.height()); i > 0; i--) {
                    screen.put(last, last.isEmpty() ? 0 : CharWidth.of(last.codePointAt(0)));
                }
            }
            case 'd' -> screen.place(x, n - 1);
            case 'e' -> screen.move(x, y + n);
            case 'g' -> clearTabs(number(0, 0));
            case 'h', 'l' -> {
                if (n == 4) {
                    screen.inserts(c == 'h');
                }
            }
            case 'r' -> screen.margins(n - 1, number(1, screen.height()) - 1);
            case 's' -> screen.save(characters);
            case 'u' -> characters = screen.restore();
            default -> {}
        }
    }

    private void clearTabs(int which) {
        if (which == 0) {
            screen.tabs().clear(screen.x());
        } else if (which == 3) {
            screen.tabs().clear();
        }
    }

    private void mode(int mode, boolean on) {
        switch (mode) {
            case 6 -> screen.fromMargin(on);
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
            screen.save(characters);
        } else {
            characters = screen.restore();
        }
    }
}
