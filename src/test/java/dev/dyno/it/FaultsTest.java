package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The suite of faults in its short form, as root and as an ordinary user. */
final class FaultsTest {
    private static final int LIMIT_SECONDS = 300;

    @Test
    @Timeout(LIMIT_SECONDS)
    void survivesWhatCanGoWrong() throws Exception {
        Assumptions.assumeTrue(
                System.getenv().getOrDefault("PATH", "").lines().anyMatch(FaultsTest::hasPython),
                "no python3 here");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(Dyno.launcher()).resolveSibling("faults").toString(), "--short");
        Process faults = builder.redirectErrorStream(true).start();
        try {
            faults.getOutputStream().close();
            String table =
                    new String(faults.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(faults.waitFor()).as(table).isZero();
            assertThat(table).contains(" cases, ", " 0 failed");
        } finally {
            faults.destroy();
        }
    }

    private static boolean hasPython(String path) {
        for (String directory : path.split(":", -1)) {
            if (Path.of(directory, "python3").toFile().canExecute()) {
                return true;
            }
        }
        return false;
    }
}
