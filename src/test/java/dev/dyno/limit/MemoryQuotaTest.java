package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryQuotaTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "{0} of 1000, killed at {1} %, said {2} s ago: {3}")
    @CsvSource({
        "0, 200, never, SILENT",
        "1000, 200, never, SILENT",
        "1001, 200, never, EXCEEDED",
        "1999, 200, never, EXCEEDED",
        "1001, 200, 0, SILENT",
        "1001, 200, 19, SILENT",
        "1001, 200, 20, EXCEEDED",
        "1001, 200, 3600, EXCEEDED",
        "1001, 200, -5, EXCEEDED", // somebody has set the clock
        "1000, 200, 20, SILENT",
        "2000, 200, never, VASTLY_EXCEEDED",
        "2000, 200, 1, VASTLY_EXCEEDED",
        "9999, 200, 1, VASTLY_EXCEEDED",
        "999, 100, never, SILENT",
        "1000, 100, never, VASTLY_EXCEEDED"
    })
    void memoryIsJudged(long used, int killPercent, String said, MemoryQuota.Verdict verdict) {
        Instant last =
                said.equals("never") ? MemoryQuota.NEVER : NOON.minusSeconds(Long.parseLong(said));
        assertThat(new MemoryQuota(1000, killPercent).verdict(used, last, NOON)).isEqualTo(verdict);
    }

    @Test
    void aDynoIsKilledAtAPartOfItsQuota() {
        assertThat(new MemoryQuota(512L << 20, 200).killAt()).isEqualTo(1L << 30);
        assertThat(new MemoryQuota(999, 150).killAt()).isEqualTo(1498);
        assertThat(new MemoryQuota(126L << 30, 200).killAt()).isEqualTo(252L << 30);
    }

    @Test
    void aQuotaIsMoreThanNothing() {
        assertThatThrownBy(() -> new MemoryQuota(0, 200))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryQuota(1, 99))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
