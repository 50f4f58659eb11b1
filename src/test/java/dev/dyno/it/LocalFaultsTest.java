package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dyno local} has been caught at: scaled too early, told twice, badly named. */
@Timeout(60)
final class LocalFaultsTest {
    /** Almost what one takes that nobody reads. */
    private static final int PIPE = 60_000;

    private final Dyno dyno;
    private @Nullable Process started;
    private BufferedReader out = new BufferedReader(Reader.nullReader());

    LocalFaultsTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @AfterEach
    void endIt() throws Exception {
        if (started != null) {
            started.destroyForcibly();
            assertThat(started.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsScaledDuringTheFirstReleasePhaseRunsAfterIt() throws Exception {
        dyno.write(
                "Procfile",
                """
                release: echo migrating; until [ -e "$GATE" ]; do sleep 0.05; done
                worker: echo "I am $DYNO"; exec sleep 1000
                """);
        Path gate = dyno.app().resolveSibling("gate");
        dyno.write(".env", "GATE=" + gate + "\n");
        start(Map.of("DYNO_ISOLATION", "plain"));
        until("migrating");

        assertThat(dyno.call("ps:scale", "worker=2").err())
                .isEqualTo("Scaling dynos... done, now running worker at 2:Standard-1X\n");
        Files.createFile(gate);

        until("I am worker.2");
        stop("TERM");
        assertThat(local().waitFor()).isEqualTo(143);
    }

    @Test
    void aRestartDoesNotWaitForTheReleaseCommandThatRuns() throws Exception {
        dyno.write(
                "Procfile",
                """
                release: echo migrating; exec sleep 1000
                worker: sleep 1000
                """);
        start(Map.of());
        until("migrating");

        assertThat(dyno.call("ps:restart").err())
                .isEqualTo("Restarting all dynos on app... done\n");
    }

    @Test
    void keepsAllThatAReleaseCommandWroteAndGoesOn() throws Exception {
        dyno.write(
                "Procfile",
                """
                release: seq 1 300000; printf '\\n%070000d\\nlast' 7
                worker: echo "I am $DYNO"; exec sleep 1000
                """);
        start(Map.of());
        until("I am worker.1");

        String written = dyno.call("releases:output").out();
        assertThat(written.lines()).hasSize(300_000 + 1 + 7 + 1).endsWith("last");
        assertThat(written.replace("\n", "")).hasSize(1_688_895 + 70_000 + 4);
    }

    @Test
    void isToldToEndOnceByOneKeyThatComesTwice() throws Exception {
        dyno.write(
                "Procfile",
                "worker: trap 'sleep 0.5; echo tidied up; exit' TERM; echo ready;"
                        + " while :; do sleep 0.1; done\n");
        start(Map.of());
        until("ready");

        stop("INT", "INT");

        assertThat(rest()).anyMatch(line -> line.endsWith("tidied up"));
        assertThat(local().waitFor()).isEqualTo(130);
    }

    @Test
    void toldTwiceEndsThoughNobodyReadsWhatItPrints() throws Exception {
        dyno.write("Procfile", "worker: echo ready; yes\n");
        start(Map.of("DYNO_GRACE", "1000"));
        until("ready");

        while (local().getInputStream().available() < PIPE) {
            Thread.onSpinWait();
        }
        stop("TERM");
        assertThat(local().waitFor(200, TimeUnit.MILLISECONDS)).isFalse(); // no echo any more
        stop("TERM");

        assertThat(local().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(local().exitValue()).isEqualTo(143);
        dyno.awaitEnd();
    }

    @Test
    void runsTheLongestProcessTypeThereMayBe() throws Exception {
        String type = "a".repeat(62) + "b";
        dyno.write("Procfile", type + ": echo \"I am $DYNO on $(hostname)\"; exec sleep 1000\n");
        start(Map.of());

        until("I am " + type + ".1 on ");
    }

    @Test
    void runsAllWhereAnEmptyWordNamesNothing() throws Exception {
        dyno.write("Procfile", "worker: echo \"I am $DYNO\"; exec sleep 1000\n");
        start(Map.of(), "");

        until("I am worker.1");
    }

    private void start(Map<String, String> more, String... words) throws IOException {
        var all = new ArrayList<>(List.of("local", "-p", Integer.toString(port())));
        all.addAll(Arrays.asList(words));
        Process local = dyno.start(more, all.toArray(String[]::new));
        started = local;
        out =
                new BufferedReader(
                        new InputStreamReader(local.getInputStream(), StandardCharsets.UTF_8));
    }

    private Process local() {
        return Objects.requireNonNull(started);
    }

    private static int port() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void until(String text) throws IOException {
        var seen = new ArrayList<String>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen.add(line);
            if (line.contains(text)) {
                return;
            }
        }
        String err = new String(local().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        throw new AssertionError("never said '" + text + "': " + seen + "\n" + err);
    }

    private List<String> rest() {
        return out.lines().toList();
    }

    /** Within a moment, as by one shell. */
    private void stop(String... signals) throws Exception {
        var script = new StringBuilder();
        for (String signal : signals) {
            script.append("kill -").append(signal).append(' ').append(local().pid()).append("; ");
        }
        assertThat(new ProcessBuilder("sh", "-c", script.toString()).start().waitFor()).isZero();
    }
}
