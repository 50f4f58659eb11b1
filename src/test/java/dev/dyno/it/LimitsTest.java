package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dyno may use, by its size, and what happens to one that uses more. */
@Timeout(60)
final class LimitsTest {
    private static final String TAKE =
            "$| = 1; vec($x, %d << 20, 8) = 1; print qq(holding\n); <STDIN>";

    private final Dyno dyno;

    LimitsTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void procfile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")));
        dyno.write("Procfile", "web: true\n");
        dyno.write("take600", "#!/usr/bin/perl\n" + TAKE.formatted(600));
        dyno.write("take1100", "#!/usr/bin/perl\n" + TAKE.formatted(1100));
    }

    @Test
    void aDynoWithTooMuchMemoryGoesOnAndTheLogSaysR14() throws Exception {
        Process run = dyno.start(Map.of(), "run", "-s", "standard-1x", "perl take600");
        try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("holding");
            assertThat(followUntil("Error R14"))
                    .anyMatch(line ->
                            line.matches(".*Process running mem=\\d{3}M\\(1[01]\\d\\.\\d%\\)"))
                    .last()
                    .asString()
                    .endsWith("Error R14 (Memory quota exceeded)");
            run.getOutputStream().close();
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isZero();
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void aDynoWithFarTooMuchMemoryIsKilledAndTheLogSaysR15() throws Exception {
        // stdin is held open, so it is R15 that ends it.
        Process run = dyno.start(Map.of(), "run", "-s", "standard-1x", "perl take1100");
        try {
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(137);
        } finally {
            run.destroyForcibly();
        }
        // R14 may stand before it, if there was a look on the way up.
        assertThat(log())
                .containsSubsequence(
                        "Error R15 (Memory quota vastly exceeded)",
                        "Stopping process with SIGKILL",
                        "Process exited with status 137",
                        "State changed from up to complete")
                .anyMatch(line -> line.matches("Process running mem=1\\d{3}M\\(2\\d\\d\\.\\d%\\)"));
        assertThat(groups()).isEmpty();
    }

    @Test
    void memoryWithinTheQuotaIsNotSpokenOf() throws Exception {
        assertThat(
                        dyno.call(Map.of(), new byte[0], "run", "-s", "standard-2x", "perl take600")
                                .status())
                .isZero();
        assertThat(log()).noneMatch(line -> line.contains("mem="));
    }

    @Test
    void noLimitsMeansNone() throws Exception {
        Result result =
                dyno.call(Map.of(), new byte[0], "run", "--no-limits", "perl take1100; ulimit -u");
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("holding\n").doesNotEndWith("256\n");
        assertThat(log()).noneMatch(line -> line.contains("mem="));
    }

    @Test
    void ulimitShowsTheLimitOfTheSize() throws Exception {
        assumeTrue(dyno.call("doctor").out().contains("✓ isolation"));
        assertThat(dyno.run("ulimit -u").out()).isEqualTo("256\n");
        assertThat(dyno.run("-s", "2X", "ulimit -u").out()).isEqualTo("512\n");
    }

    @Test
    void aForkBombHarmsNobodyElseAndCanBeStopped() throws Exception {
        // Never without a limit on this machine: only where the dyno will really have one.
        assumeTrue(isLimited());
        Process run =
                dyno.start(
                        Map.of("DYNO_GRACE", "1"),
                        "run",
                        "-s",
                        "standard-1x",
                        ":() { :|:& }; :; echo lit; cat");
        try {
            assertThat(run.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("lit");
            Process ps = new ProcessBuilder("ps", "ax").redirectErrorStream(true).start();
            assertThat(ps.inputReader(StandardCharsets.UTF_8).lines().count()).isLessThan(2000);
            assertThat(ps.waitFor()).isZero();
            run.destroy(); // SIGTERM
            assertThat(run.waitFor(45, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(groups()).isEmpty();
        assertThat(dyno.sandboxes()).isEmpty();
        assertThat(dyno.call("ps").out()).doesNotContain("run.");
    }

    /** Fails to fork at all before it could do harm: 400 sleeping children are no bomb. */
    private boolean isLimited() throws Exception {
        Result count =
                dyno.run(
                        "perl -e 'for (1..400) { $p = fork; last unless defined $p;"
                                + " unless ($p) { close STDOUT; sleep 9; exit } $n++ } print $n'");
        return Integer.parseInt(count.out().strip()) <= 260;
    }

    /** The lines of {@code dyno logs --tail} up to the first that has {@code words} in it. */
    private List<String> followUntil(String words) throws Exception {
        Process logs = dyno.start(Map.of(), "logs", "--tail");
        try (BufferedReader lines = logs.inputReader(StandardCharsets.UTF_8)) {
            var seen = new ArrayList<String>();
            String line;
            while ((line = lines.readLine()) != null) {
                seen.add(line);
                if (line.contains(words)) {
                    return seen;
                }
            }
            throw new AssertionError("no " + words + " in " + seen);
        } finally {
            logs.destroyForcibly();
        }
    }

    /** What is said in the log, without times and names. */
    private List<String> log() throws Exception {
        var words = new ArrayList<String>();
        for (String line : dyno.call("logs").out().lines().toList()) {
            words.add(line.substring(line.indexOf("]: ") + 3));
        }
        return words;
    }

    /** Control groups of dynos whose dyno process is gone; those of other tests may live. */
    private static List<Path> groups() throws IOException {
        var found = new ArrayList<Path>();
        Path root = Path.of("/sys/fs/cgroup");
        if (Files.isDirectory(root)) {
            try (var tree = Files.find(root, 12, (path, a) -> isStale(path.getFileName() + ""))) {
                tree.forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isStale(String name) {
        return name.startsWith("dyno-")
                && !Files.exists(Path.of("/proc", name.substring(name.lastIndexOf('.') + 1)));
    }
}
