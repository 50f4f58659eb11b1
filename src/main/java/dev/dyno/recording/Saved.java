package dev.dyno.recording;

/** What a program asked a screen to remember. */
record Saved(Cursor cursor, boolean fromMargin, Characters characters) {
    static final Saved NOTHING = new Saved(Cursor.HOME, false, new Characters());
}
