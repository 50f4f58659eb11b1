package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That dyno runs on a JVM is nobody's concern. */
final class JvmTest {
    private final Dyno dyno;

    JvmTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @Test
    void aCrashOfTheJvmLeavesNothingInTheApp() throws Exception {
        Process process = start(Dyno.launcher(), "run", "echo ready; sleep 300");
        var out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("ready");

        new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor()).isNotZero();
        try (var files = Files.list(dyno.app())) {
            assertThat(files).isEmpty();
        }
        dyno.awaitEnd();
    }

    @Test
    void theLimitOfOpenFilesIsTheCallers() throws Exception {
        Process process =
                start("bash", "-c", "ulimit -Sn 512; '" + Dyno.launcher() + "' run 'ulimit -Sn'");

        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("512");
        assertThat(process.waitFor()).isZero();
    }

    private Process start(String... words) throws Exception {
        var builder = new ProcessBuilder(List.of(words)).directory(dyno.app().toFile());
        builder.environment().putAll(dyno.environment());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
