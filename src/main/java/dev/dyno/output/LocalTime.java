package dev.dyno.output;

import dev.dyno.text.Digits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;

/** The time of day as an American reads it, {@code 7:29:55 AM}: made once a second. */
final class LocalTime {
    private static final int DAY = 24 * 60 * 60;
    private static final int HOUR = 60 * 60;

    private final ZoneId zone;
    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    LocalTime(ZoneId zone) {
        this.zone = zone;
    }

    byte[] at(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            int offset = zone.getRules().getOffset(now).getTotalSeconds();
            text = format(Math.floorMod(second + offset, DAY));
        }
        return text;
    }

    private static byte[] format(int time) {
        int hour = time / HOUR % 12;
        StringBuilder out = new StringBuilder().append(hour == 0 ? 12 : hour).append(':');
        Digits.append(out, time / 60 % 60, 2);
        Digits.append(out.append(':'), time % 60, 2);
        out.append(time < DAY / 2 ? " AM" : " PM");
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
