package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Lines of many lengths that begin with their number, so that none can be missed or doubled. */
final class NumberedLines {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Random random;
    private int next;

    NumberedLines(long seed) {
        random = new Random(seed);
    }

    int written() {
        return next;
    }

    void append(LogFile log, int lines) {
        for (int i = 0; i < lines; i++) {
            log.append(line());
        }
    }

    void appendBlock(LogFile log, int lines) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            block.append(line().format()).append('\n');
        }
        byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
        log.append(NOON, bytes, bytes.length, lines);
    }

    private LogLine line() {
        String message = next + " " + "é".repeat(random.nextInt(50));
        return LogLine.app(NOON.plusMillis(next++), "web.1", message);
    }

    static int number(LogLine line) {
        return Integer.parseInt(line.message().substring(0, line.message().indexOf(' ')));
    }

    /** Each is the line after the one before; the last is number {@code last}. */
    static void assertConsecutiveUpTo(int last, List<LogLine> lines) {
        assertThat(lines).isNotEmpty();
        int first = last - lines.size() + 1;
        for (int i = 0; i < lines.size(); i++) {
            assertThat(number(lines.get(i))).isEqualTo(first + i);
        }
    }
}
