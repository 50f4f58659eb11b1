package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Invocation;
import dev.dyno.terminal.TestPty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no C compiler was, dyno takes pty4j's library, JNA and shells, and does the same. */
final class WithoutNativesTest {
    private static final Path BUILT = Path.of(System.getProperty("dyno.root", ""), "target/dyno");

    private final Path installed;
    private final Dyno dyno;

    WithoutNativesTest(@TempDir Path root) throws IOException {
        dyno = new Dyno(root);
        installed = root.toRealPath().resolve("installed");
    }

    /** An installation as a build without a C compiler leaves it. */
    @BeforeEach
    void install() throws Exception {
        dyno.prepare(
                """
                mkdir -p '%1$s/bin' '%1$s/natives'
                cp -R '%2$s/natives/com' '%2$s/natives/resources' '%1$s/natives/'
                cp '%3$s' '%1$s/bin/dyno'
                {
                  echo dyno_fresh=yes
                  grep '^dyno_jdk=' '%2$s/launch'
                  sed -n '/^dyno_start()/,$p' '%2$s/launch' | sed 's|dyno.natives=%2$s/|dyno.natives=%1$s/|'
                } >'%1$s/launch'
                """
                        .formatted(installed, BUILT, Dyno.launcher()));
    }

    @Test
    void aProgramHasATerminalOfTheUsersSize() throws Exception {
        assertThat(onTerminal("stty size; grep SigBlk /proc/self/status"))
                .contains("up, run.", "21 71\r\n", "SigBlk:\t0000000000000000\r\n");
    }

    @Test
    void theStatusIsThePrograms() throws Exception {
        assertThat(onTerminal("exit 3")).endsWith("status 3\r\n");
        assertThat(onTerminal("kill -TERM $$")).endsWith("status 143\r\n");
    }

    @Test
    void pipesHoldTheProgramsBytesAndNothingElse() throws Exception {
        List<String> words = List.of(launcher(), "run", "tr a-z A-Z; echo err >&2; exit 4");
        var builder = new ProcessBuilder(words).directory(dyno.app().toFile());
        builder.environment().putAll(dyno.environment());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write("shout\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("SHOUT\n");
        assertThat(process.waitFor()).isEqualTo(4);
    }

    @Test
    void aFormationRuns() throws Exception {
        dyno.write("Procfile", "web: tty | cut -c1-5; exit 5\n");
        assertThat(onTerminal("local", "--once")).contains("/dev/").contains("status 5");
    }

    private String launcher() {
        return installed.resolve("bin/dyno").toString();
    }

    private String onTerminal(String line) throws IOException {
        return onTerminal("run", line);
    }

    private String onTerminal(String... words) throws IOException {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\"; echo status $?", "sh"));
        argv.add(launcher());
        argv.addAll(List.of(words));
        var seen = new StringBuilder();
        try (var terminal =
                new TestPty(new Invocation(argv, dyno.environment(), dyno.app()), 21, 71)) {
            while (true) {
                seen.append(new String(terminal.read(30_000), StandardCharsets.UTF_8));
            }
        } catch (IOException end) {
            return seen.toString();
        }
    }
}
