package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyno local} with a reader that is slower than its dynos. */
@Timeout(60)
final class LocalSlowReaderTest {
    private static final int LINES = 50_000;
    private static final int LENGTH = 999;
    private static final String LOGGED = "2026-11-23T16:05:30.613565+00:00 app[worker.1]: ";

    private final Dyno dyno;

    LocalSlowReaderTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @Test
    void dynosWaitForASlowReaderWhoLosesNothingAndLittleIsKept() throws Exception {
        Local.app(dyno, "worker: perl -e 'printf qq(%0999d\\n), $_ for 1.." + LINES + "'\n");
        Process local =
                dyno.start(
                        Map.of(),
                        "local",
                        "--once",
                        "--format=raw",
                        "-p",
                        Integer.toString(Local.freePorts()));
        try (BufferedReader out = local.inputReader()) {
            long mostMemory = 0;
            long mostAhead = 0;
            for (int i = 1; i <= LINES; i++) {
                assertThat(out.readLine()).isEqualTo("%0999d".formatted(i));
                if (i % 500 == 0) {
                    mostMemory = Math.max(mostMemory, memory(local));
                    mostAhead = Math.max(mostAhead, logged() - i);
                }
            }
            assertThat(out.readLine()).isNull();
            assertThat(local.waitFor()).isZero();
            assertThat(mostAhead).as("lines logged and not yet read").isBetween(1L, 1000L);
            assertThat(mostMemory).as("kB").isBetween(10_000L, 160_000L);
        } finally {
            local.destroyForcibly().waitFor();
            dyno.call("ps");
        }
    }

    /** In kB; 0 once it has ended. */
    private static long memory(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** How many lines the log has. */
    private long logged() throws IOException {
        try (Stream<Path> all = Files.walk(dyno.home())) {
            Path log = all.filter(file -> file.endsWith("worker.1.log")).findFirst().orElseThrow();
            return Files.size(log) / (LOGGED.length() + LENGTH + 1);
        }
    }
}
