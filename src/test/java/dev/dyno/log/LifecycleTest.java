package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long QUOTA = 512L << 20;

    private final Lifecycle dyno = new Lifecycle("web.1");

    @ParameterizedTest
    @CsvSource({
        "556_163_000, 530M(103.6%)",
        "913_230_000, 870M(170.1%)",
        "1_074_790_400, 1025M(200.2%)",
        "536_870_913, 512M(100.0%)",
        "1_073_741_824, 1024M(200.0%)",
        "1_073_473_390, 1023M(200.0%)",
        "0, 0M(0.0%)",
        "135_000_000_000, 128746M(25145.7%)"
    })
    void memoryIsToldInWholeMegabytesAndTenthsOfAPercent(String bytes, String words) {
        long used = Long.parseLong(bytes.replace("_", ""));
        assertThat(dyno.memoryUsed(NOON, used, QUOTA).format())
                .isEqualTo(said("Process running mem=" + words));
    }

    @Test
    void tooMuchMemoryIsR14AndFarTooMuchIsR15AndTheEnd() {
        assertThat(dyno.memoryExceeded(NOON).format())
                .isEqualTo(said("Error R14 (Memory quota exceeded)"));
        assertThat(dyno.memoryVastlyExceeded(NOON).format())
                .isEqualTo(said("Error R15 (Memory quota vastly exceeded)"));
        assertThat(dyno.stoppingProcess(NOON).format())
                .isEqualTo(said("Stopping process with SIGKILL"));
    }

    private static String said(String words) {
        return "2026-11-23T12:00:00.000000+00:00 heroku[web.1]: " + words;
    }
}
