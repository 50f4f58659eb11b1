package dev.dyno.recording;

/**
 * Something that happened in a recorded terminal.
 *
 * @param micros since the recording began
 * @param kind asciicast's letter: {@link #OUTPUT}, {@link #INPUT}, {@link #RESIZE}, {@link #EXIT},
 *     or one that we do not know and skip
 * @param data what was written or typed, {@code 80x24} for a size, the status for an exit
 */
public record Event(long micros, char kind, String data) {
    public static final char OUTPUT = 'o';
    public static final char INPUT = 'i';
    public static final char RESIZE = 'r';
    public static final char EXIT = 'x';

    /** In which {@link Event#micros()} is counted. */
    static final long SECOND = 1_000_000;
}
