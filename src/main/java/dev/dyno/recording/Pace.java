package dev.dyno.recording;

/**
 * How fast a recording is played.
 *
 * @param speed how many seconds of the recording are played in one; more than 0
 * @param longestWait in microseconds of the recording, which longer pauses are cut to
 */
public record Pace(double speed, long longestWait) {
    /** As it was. */
    public static final Pace REAL = new Pace(1, Long.MAX_VALUE);

    /** How long to wait, in nanoseconds, for what came so many microseconds later. */
    long delay(long micros) {
        return (long) (Math.min(micros, longestWait) / speed * 1000);
    }
}
