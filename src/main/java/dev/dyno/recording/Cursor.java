package dev.dyno.recording;

/**
 * Where the next character goes.
 *
 * @param full whether that is the next row, the last cell of this one having been written
 */
record Cursor(int x, int y, boolean full) {
    static final Cursor HOME = new Cursor(0, 0, false);
}
