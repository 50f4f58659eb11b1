package dev.dyno.log;

import dev.dyno.text.Digits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A log line's time: RFC 5424, UTC, six decimal places, always as long (heroku.md 3.1). */
final class Timestamp {
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.dddddd+00:00";
    static final int LENGTH = SHAPE.length();
    private static final int DAY = 24 * 60 * 60;

    private Timestamp() {}

    // By days and seconds: ZoneOffset.UTC alone costs a cold start 2 ms.
    static void append(StringBuilder out, Instant time) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), DAY));
        int second = Math.floorMod(time.getEpochSecond(), DAY);
        Digits.append(out, day.getYear(), 4);
        Digits.append(out.append('-'), day.getMonthValue(), 2);
        Digits.append(out.append('-'), day.getDayOfMonth(), 2);
        Digits.append(out.append('T'), second / 3600, 2);
        Digits.append(out.append(':'), second / 60 % 60, 2);
        Digits.append(out.append(':'), second % 60, 2);
        Digits.append(out.append('.'), time.getNano() / 1000, 6);
        out.append("+00:00");
    }

    /** The time a line begins with, if it begins with one. */
    static Optional<Instant> parse(String line) {
        if (!hasShape(line)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    number(line, 0, 4),
                                    number(line, 5, 7),
                                    number(line, 8, 10),
                                    number(line, 11, 13),
                                    number(line, 14, 16),
                                    number(line, 17, 19),
                                    number(line, 20, 26) * 1000)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean hasShape(String line) {
        if (line.length() < LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = line.charAt(i);
            char expected = SHAPE.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (expected == 'd' ? !digit : c != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String line, int from, int to) {
        return Integer.parseInt(line, from, to, 10);
    }
}
