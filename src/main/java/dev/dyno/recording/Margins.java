package dev.dyno.recording;

/** The rows of a screen that scroll, from the upper one to the lower, of so many it has. */
record Margins(int top, int bottom, int height) {
    static Margins none(int height) {
        return new Margins(0, height - 1, height);
    }

    boolean contain(int y) {
        return y >= top && y <= bottom;
    }

    /** The row that is so many below the upper margin, but not below the lower one. */
    int below(int y) {
        return Math.clamp((long) y + top, top, bottom);
    }

    /** From a row up or down, but not beyond a margin that is in the way. */
    int climb(int y, int by) {
        return Math.clamp((long) y + by, y >= top ? top : 0, y <= bottom ? bottom : height - 1);
    }
}
