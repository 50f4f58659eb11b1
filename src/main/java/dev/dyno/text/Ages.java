package dev.dyno.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When something happened and how long ago, as {@code heroku ps} says it (heroku.md 2.1). */
public final class Ages {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    private Ages() {}

    /** {@code 2026/11/23 07:05:59 +0000 (~ 59s ago)}; without the age from 25 hours on. */
    public static String since(Instant then, Instant now, ZoneId zone) {
        StringBuilder out = new StringBuilder(48);
        appendLocal(out, then.atZone(zone));
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < MINUTE) {
            appendAge(out, seconds, 's');
        } else if (seconds < HOUR) {
            appendAge(out, seconds / MINUTE, 'm');
        } else if (seconds < 25 * HOUR) {
            appendAge(out, seconds / HOUR, 'h');
        }
        return out.toString();
    }

    private static void appendLocal(StringBuilder out, ZonedDateTime time) {
        Digits.append(out, time.getYear(), 4);
        Digits.append(out.append('/'), time.getMonthValue(), 2);
        Digits.append(out.append('/'), time.getDayOfMonth(), 2);
        Digits.append(out.append(' '), time.getHour(), 2);
        Digits.append(out.append(':'), time.getMinute(), 2);
        Digits.append(out.append(':'), time.getSecond(), 2);
        int offset = time.getOffset().getTotalSeconds() / (int) MINUTE;
        out.append(offset < 0 ? " -" : " +");
        Digits.append(out, Math.abs(offset) / 60, 2);
        Digits.append(out, Math.abs(offset) % 60, 2);
    }

    private static void appendAge(StringBuilder out, long count, char unit) {
        out.append(" (~ ").append(count).append(unit).append(" ago)");
    }
}
