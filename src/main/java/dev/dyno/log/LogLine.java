package dev.dyno.log;

import dev.dyno.text.Printable;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of an app's log: when, who ({@code app} or {@code heroku}), which process, what
 * (heroku.md 3.1). A line of the platform carries no control characters; a program's own line
 * carries its bytes as they came, up to the line end.
 *
 * @param time kept to the microsecond, as it is written
 * @param process a dyno's name, {@code api} or {@code router}
 */
public record LogLine(Instant time, String source, String process, String message) {
    private static final Instant FIRST = Instant.ofEpochSecond(-62_167_219_200L);
    private static final Instant AFTER_LAST = Instant.ofEpochSecond(253_402_300_800L);

    public LogLine {
        if (time.isBefore(FIRST) || !time.isBefore(AFTER_LAST)) {
            throw new IllegalArgumentException("a year has four digits");
        }
        if (!isSource(source)) {
            throw new IllegalArgumentException("a source is app or heroku: ".concat(source));
        }
        if (!isProcess(process)) {
            throw new IllegalArgumentException("not the name of a process: ".concat(process));
        }
        time = Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / 1000 * 1000L);
        if (source.equals("heroku") || process.equals("api")) {
            message = Printable.escape(message);
        } else if (message.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a message is one line");
        }
    }

    /** A line that a program in the dyno wrote. */
    public static LogLine app(Instant time, String dyno, String message) {
        return new LogLine(time, "app", dyno, message);
    }

    /** A line that the platform writes about a process. */
    public static LogLine heroku(Instant time, String process, String message) {
        return new LogLine(time, "heroku", process, message);
    }

    /** {@code 2024-10-17T22:23:22.209776+00:00 app[web.1]: log line 1}, without a line end. */
    public String format() {
        StringBuilder out = new StringBuilder(64 + message.length());
        appendHeader(out);
        return out.append(' ').append(message).toString();
    }

    /** What stands before the message, up to the colon. */
    void appendHeader(StringBuilder out) {
        Timestamp.append(out, time);
        out.append(' ').append(source).append('[').append(process).append("]:");
    }

    /** The line that {@link #format} gave this text; nothing if the text is no such line. */
    public static Optional<LogLine> parse(String text) {
        int open = text.indexOf('[', Timestamp.LENGTH);
        int close = text.indexOf("]: ", Timestamp.LENGTH);
        if (open < 0
                || close < open
                || text.charAt(Timestamp.LENGTH) != ' '
                || text.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        Optional<Instant> time = Timestamp.parse(text);
        String source = text.substring(Timestamp.LENGTH + 1, open);
        String process = text.substring(open + 1, close);
        if (time.isEmpty() || !isSource(source) || !isProcess(process)) {
            return Optional.empty();
        }
        return Optional.of(new LogLine(time.get(), source, process, text.substring(close + 3)));
    }

    static boolean isSource(String source) {
        return source.equals("app") || source.equals("heroku");
    }

    private static boolean isProcess(String process) {
        for (int i = 0; i < process.length(); i++) {
            char c = process.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !process.isEmpty();
    }
}
