package dev.dyno.terminal;

import dev.dyno.process.Posix;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Watches a dyno's output for the modes programs switch on in a terminal (alternate screen, hidden
 * cursor, mouse, bracketed paste), to be able to switch off what a dead program left on.
 */
final class ScreenModes {
    private static final int CURSOR = 25;
    private static final byte ESCAPE = 0x1b;
    private static final int HIGHEST = 2026;

    /** How far into {@code ESC [ ? n ; n h} the output is. */
    private enum Place {
        TEXT,
        ESCAPE,
        BRACKET,
        NUMBER
    }

    private final BitSet on = new BitSet();
    private final BitSet pending = new BitSet();
    private Place place = Place.TEXT;
    private int number;

    /**
     * Reads on.
     *
     * @return whether {@link #undo()} has changed, the cursor apart, which flickers
     */
    boolean watch(ByteBuffer bytes, int count) {
        if (place == Place.TEXT && !Posix.contains(bytes, count, ESCAPE)) {
            return false; // most output has none, and looking at each byte here takes long
        }
        boolean changed = false;
        for (int i = 0; i < count; i++) {
            byte b = bytes.get(i);
            if (place != Place.TEXT || b == ESCAPE) {
                changed |= step(b);
            }
        }
        return changed;
    }

    private boolean step(byte b) {
        switch (place) {
            case TEXT -> place = Place.ESCAPE;
            case ESCAPE -> {
                place = b == '[' ? Place.BRACKET : b == ESCAPE ? Place.ESCAPE : Place.TEXT;
                if (b == 'c') { // full reset
                    boolean changed = !on.isEmpty();
                    on.clear();
                    return changed;
                }
            }
            case BRACKET -> {
                place = b == '?' ? Place.NUMBER : Place.TEXT;
                number = 0;
                pending.clear();
            }
            case NUMBER -> {
                return number(b);
            }
        }
        return false;
    }

    private boolean number(byte b) {
        if (b >= '0' && b <= '9') {
            number = Math.min(number * 10 + b - '0', HIGHEST + 1);
            return false;
        }
        if (number <= HIGHEST) {
            pending.set(number);
        }
        number = 0;
        if (b == ';') {
            return false;
        }
        place = Place.TEXT;
        return switch (b) {
            case 'h' -> set(true);
            case 'l' -> set(false);
            default -> false;
        };
    }

    private boolean set(boolean high) {
        boolean changed = false;
        for (int mode = pending.nextSetBit(0); mode >= 0; mode = pending.nextSetBit(mode + 1)) {
            // The cursor is on by default, so off is the mode to undo.
            boolean wanted = mode == CURSOR ? !high : high;
            if (matters(mode) && on.get(mode) != wanted) {
                on.set(mode, wanted);
                changed |= mode != CURSOR;
            }
        }
        return changed;
    }

    private static boolean matters(int mode) {
        return switch (mode) {
            case 1, 9, CURSOR, 47, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016 ->
                    true;
            case 1047, 1048, 1049, 2004, 2026 -> true;
            default -> false;
        };
    }

    /** The control sequences that bring the terminal back; empty where nothing was left on. */
    String undo() {
        var undo = new StringBuilder();
        for (int mode = on.nextSetBit(0); mode >= 0; mode = on.nextSetBit(mode + 1)) {
            undo.append("\033[?").append(mode).append(mode == CURSOR ? 'h' : 'l');
        }
        if (!undo.isEmpty()) {
            undo.append("\033[0m");
        }
        return undo.toString();
    }
}
