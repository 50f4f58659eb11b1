package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dyno killed with SIGKILL at any instant: the next command finds and leaves everything in order.
 */
final class KilledTest {
    private static final int ROUNDS = 200;
    private static final int LONGEST_MILLIS = 200;
    private static final int FILES = 60;
    private static final String CHECK =
            "find . -type f ! -name .env -exec cksum {} + | LC_ALL=C sort -k3";

    private final Path root;
    private final Dyno dyno;

    KilledTest(@TempDir Path root) throws Exception {
        this.root = root.toRealPath();
        dyno = new Dyno(root);
    }

    @Test
    void twoHundredTimesAtRandomInstants() throws Exception {
        var random = new Random(20260722);
        for (int i = 0; i < FILES; i++) {
            write(i, random);
        }
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 3 == 0) {
                write(random.nextInt(FILES), random);
            }
            killed(round % 2 == 0, random.nextInt(LONGEST_MILLIS));

            Result ps = dyno.call("ps");

            assertThat(ps.err()).as("round " + round).isEmpty();
            assertThat(ps.out()).as("round " + round).isEqualTo("No dynos on app\n");
            assertThat(dyno.sandboxes()).as("round " + round).isEmpty();
            awaitNoProcess(round);
            if (round % 10 == 9) {
                Result files = dyno.run(CHECK);
                assertThat(files.err()).doesNotContain("Warning");
                assertThat(files.out()).as("round " + round).isEqualTo(outside(CHECK));
            }
        }
        dyno.call("ps");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!unfinished().isEmpty() && System.nanoTime() < deadline) {
            // what takes its time is removed in the background
        }
        assertThat(unfinished()).isEmpty();
    }

    /** Starts a dyno, with a terminal or without, and kills the dyno command after so long. */
    private void killed(boolean terminal, int millis) throws Exception {
        Process process = terminal ? startAtTerminal() : dyno.start(Map.of(), "run", "sleep 300");
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            ProcessHandle command =
                    terminal
                            ? process.children().findFirst().orElse(process.toHandle())
                            : process.toHandle();
            command.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process startAtTerminal() throws IOException {
        ProcessBuilder script =
                new ProcessBuilder(
                                "script",
                                "-qec",
                                "exec " + Dyno.launcher() + " run 'sleep 300'",
                                "/dev/null")
                        .directory(dyno.app().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(root.resolve("screen").toFile());
        script.environment().clear();
        script.environment().putAll(dyno.environment());
        return script.start();
    }

    private void write(int file, Random random) throws IOException {
        var bytes = new byte[random.nextInt(3000)];
        random.nextBytes(bytes);
        Path path = dyno.app().resolve("lib/" + file % 7 + "/" + file);
        Files.createDirectories(path.resolveSibling("."));
        Files.write(path, bytes);
    }

    /** Nobody has this test's directory in the environment; the kernel may take a moment. */
    private void awaitNoProcess(int round) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<String> left;
        do {
            left = Dyno.withEnvironment(root.toString());
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).as("processes left in round " + round).isEmpty();
    }

    private List<String> unfinished() throws IOException {
        try (Stream<Path> all = Files.walk(dyno.home())) {
            return all.map(path -> path.getFileName() + "")
                    .filter(name -> name.startsWith(".new-") || name.startsWith(".gone-"))
                    .toList();
        }
    }

    private String outside(String command) throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-c", command).directory(dyno.app().toFile()).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
