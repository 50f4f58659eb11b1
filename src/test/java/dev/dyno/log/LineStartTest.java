package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineStartTest {
    @Test
    void isWhatStandsBeforeTheMessageWheneverItIsAsked() {
        var start = new LineStart("web.1");
        for (long second : new long[] {0, 0, 1_792_000_000, 1_792_000_000, -1, 253_402_300_799L}) {
            for (int nanos : new int[] {0, 999, 1000, 123_456_789, 999_999_999}) {
                Instant time = Instant.ofEpochSecond(second, nanos);
                assertThat(start.at(time))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo(LogLine.app(time, "web.1", "").format());
            }
        }
    }
}
