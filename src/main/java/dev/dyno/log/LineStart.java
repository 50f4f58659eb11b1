package dev.dyno.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What stands before each line of a dyno's program in its log, {@code
 * 2024-10-17T22:23:22.209776+00:00 app[web.1]: }, as bytes: made once, its time set anew for the
 * lines of another moment.
 */
public final class LineStart {
    /** Date and time to the microsecond; the offset follows. */
    public static final int TIME = 26;

    private static final int FRACTION = 20;

    private final byte[] bytes;
    private long second;

    public LineStart(String dyno) {
        StringBuilder start = new StringBuilder();
        LogLine.app(Instant.EPOCH, dyno, "").appendHeader(start);
        bytes = start.append(' ').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes for lines of this moment: always the same array, good until the next call. */
    public byte[] at(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            StringBuilder stamp = new StringBuilder();
            Timestamp.append(stamp, time);
            for (int i = 0; i < Timestamp.LENGTH; i++) {
                bytes[i] = (byte) stamp.charAt(i);
            }
        }
        int rest = time.getNano() / 1000;
        for (int i = TIME - 1; i >= FRACTION; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return bytes;
    }
}
