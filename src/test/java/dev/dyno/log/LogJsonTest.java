package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogJsonTest {
    @Test
    void whatAProgramWroteDoesNothingToATerminal() {
        Instant time = Instant.parse("2026-11-23T07:29:55.123456Z");
        LogLine line = LogLine.app(time, "web.1", "é \"\\\t\u001b[2J\u009b31m\u007f\u202e\u2028");

        assertThat(LogJson.of(line))
                .isEqualTo(
                        "{\"time\":\"2026-11-23T07:29:55.123456Z\",\"source\":\"app\","
                                + "\"dyno\":\"web.1\",\"message\":\"é \\\"\\\\\\t\\u001b[2J"
                                + "\\u009b31m\\u007f\\u202e\\u2028\"}");
    }
}
