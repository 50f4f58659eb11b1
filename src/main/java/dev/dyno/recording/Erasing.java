package dev.dyno.recording;

/** What an xterm erases by ED and EL: 0 from the cursor on, 1 up to it, 2 all. */
final class Erasing {
    private Erasing() {}

    static void screen(int part, Screen screen) {
        int y = screen.y();
        switch (part) {
            case 0 -> {
                row(0, screen);
                screen.eraseRows(y + 1, screen.height());
            }
            case 1 -> {
                screen.eraseRows(0, y);
                row(1, screen);
            }
            case 2 -> screen.eraseRows(0, screen.height());
            default -> {}
        }
    }

    static void row(int part, Screen screen) {
        int x = screen.x();
        switch (part) {
            case 0 -> screen.erase(x, screen.columns());
            case 1 -> screen.erase(0, x + 1);
            case 2 -> screen.erase(0, screen.columns());
            default -> {}
        }
    }
}
