package dev.dyno.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    private static final Instant THEN = Instant.parse("2026-11-23T07:05:59.999Z");

    @ParameterizedTest
    @CsvSource({
        "0, ' (~ 0s ago)'",
        "59, ' (~ 59s ago)'",
        "60, ' (~ 1m ago)'",
        "3599, ' (~ 59m ago)'",
        "3600, ' (~ 1h ago)'",
        "7199, ' (~ 1h ago)'",
        "89999, ' (~ 24h ago)'",
        "90000, ''",
        "-30, ' (~ 0s ago)'"
    })
    void theAgeIsFlooredAndLeftOutFrom25HoursOn(long seconds, String age) {
        assertThat(Ages.since(THEN, THEN.plusSeconds(seconds), ZoneOffset.UTC))
                .isEqualTo("2026/11/23 07:05:59 +0000" + age);
    }

    @Test
    void aSecondThatIsNotOverDoesNotCount() {
        assertThat(Ages.since(THEN, THEN.plusMillis(59_999), ZoneOffset.UTC)).contains("~ 59s");
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026/11/23 02:05:59 -0500",
        "Asia/Kolkata, 2026/11/23 12:35:59 +0530",
        "-00:30, 2026/11/23 06:35:59 -0030"
    })
    void theTimeIsTheReadersOwn(String zone, String expected) {
        assertThat(Ages.since(THEN, THEN, ZoneId.of(zone))).startsWith(expected + " (");
    }
}
