package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ending a dyno from outside: its processes are asked, given their grace, and killed. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class StopTest {
    private static final String DEAF =
            "trap '' TERM INT HUP; echo $DYNO; while :; do sleep 0.1; done";

    private final Dyno dyno;
    private @Nullable Process started;
    private @Nullable BufferedReader output;

    StopTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
    }

    @AfterEach
    void end() throws Exception {
        run().destroyForcibly().waitFor();
        dyno.call("ps"); // sweeps
    }

    @Test
    void whoHearsTheSignalEndsInOrder() throws Exception {
        String name =
                start(Map.of(), "trap 'exit 9' TERM; echo $DYNO; while :; do sleep 0.1; done");

        Result stop = dyno.call("ps:stop", "-d", name);

        assertThat(stop.status()).isZero();
        assertThat(stop.err()).isEqualTo("Stopping dyno " + name + " on app... done\n");
        assertThat(status()).isEqualTo(143);
        assertThat(log(name))
                .endsWith(
                        "Stopping all processes with SIGTERM",
                        "Process exited with status 9",
                        "State changed from up to complete");
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void whoOutlivesTheGraceIsKilled() throws Exception {
        String name = start(Map.of("DYNO_GRACE", "1"), DEAF);

        assertThat(dyno.call("ps:kill", "-p", "run").err())
                .isEqualTo("Stopping all run dynos on app... done\n");

        assertThat(status()).isEqualTo(137);
        assertThat(log(name))
                .endsWith(
                        "Stopping all processes with SIGTERM",
                        "Error R12 (Exit timeout) -> At least one process failed to exit within"
                                + " 1 seconds of SIGTERM",
                        "Stopping remaining processes with SIGKILL",
                        "Process exited with status 137",
                        "State changed from up to complete");
    }

    @Test
    void askedTwiceThereIsNoGrace() throws Exception {
        String name = start(Map.of("DYNO_GRACE", "300"), DEAF);
        dyno.call("ps:stop", "-d", name);
        awaitLog(name, "Stopping all processes with SIGTERM");
        dyno.call("ps:stop", "-d", name);

        assertThat(status()).isEqualTo(137);
        assertThat(log(name))
                .contains("Stopping remaining processes with SIGKILL")
                .noneMatch(line -> line.contains("R12"));
    }

    @Test
    void theFirstInterruptIsTheProgramsTheSecondEndsTheDyno() throws Exception {
        String name =
                start(Map.of(), "trap 'echo heard' INT; echo $DYNO; while :; do sleep 0.1; done");
        dyno.prepare("kill -INT " + run().pid());
        assertThat(reader().readLine()).isEqualTo("heard");
        dyno.prepare("kill -INT " + run().pid());

        assertThat(status()).isEqualTo(130);
        assertThat(log(name)).contains("Stopping all processes with SIGTERM");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 70, 90, 100, 110, 120, 130, 140, 150, 170, 200})
    void aStopAtAnyMomentOfTheStartIsHeard(int millis) throws Exception {
        started = dyno.start(Map.of("DYNO_GRACE", "300"), "run", "sleep 300");
        run().waitFor(millis, TimeUnit.MILLISECONDS);
        dyno.prepare("kill " + run().pid());

        int status = status();
        if (status == 1) {
            // Java itself, asked while it was still coming up, when nothing of dyno was there.
            assertThat(new String(run().getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Error occurred during initialization of VM");
        } else {
            assertThat(status).isEqualTo(143);
        }
    }

    @Test
    void aStoppedProcessHearsToo() throws Exception {
        start(Map.of(), "trap 'exit 9' TERM; echo $DYNO; kill -STOP $$; sleep 300");
        dyno.prepare("kill " + run().pid());

        assertThat(status()).isEqualTo(143);
    }

    @Test
    void everyProcessIsAskedNotOnlyTheFirst() throws Exception {
        start(
                Map.of(),
                "trap '' TERM; (trap 'echo child heard; exit' TERM; echo $DYNO;"
                        + " while :; do sleep 0.1; done) & wait");
        dyno.prepare("kill " + run().pid());

        awaitLine("child heard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.1", "web.1"})
    void aDynoThatIsNotThereCannotBeStopped(String name) throws Exception {
        start(Map.of(), "echo $DYNO; sleep 300");

        Result stop = dyno.call("ps:stop", "-d", name);

        assertThat(stop.status()).isEqualTo(2);
        assertThat(stop.err())
                .contains("Stopping dyno " + name + " on app... !\n", "Couldn't find that dyno.");
        assertThat(run().isAlive()).isTrue();
    }

    @Test
    void whatToStopMustBeSaid() throws Exception {
        start(Map.of(), "echo $DYNO; sleep 300");

        assertThat(dyno.call("ps:stop").status()).isEqualTo(2);
        assertThat(dyno.call("ps:stop", "-p", "run", "-d", "run.1").status()).isEqualTo(2);
        assertThat(dyno.call("ps:stop", "-d", "../x").status()).isEqualTo(1);
    }

    @Test
    void aGraceThatIsNoNumberIsRefused() throws Exception {
        started = dyno.start(Map.of("DYNO_GRACE", "soon"), "run", "true");

        assertThat(status()).isEqualTo(125);
        assertThat(dyno.sandboxes()).isEmpty();
    }

    /** Starts a dyno that prints its name first; returns that. */
    private String start(Map<String, String> environment, String command) throws Exception {
        Process process = dyno.start(environment, "run", command);
        started = process;
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        output = reader;
        String line;
        do {
            line = reader.readLine();
        } while (line != null && !line.startsWith("run."));
        assertThat(line).isNotNull();
        return String.valueOf(line);
    }

    private Process run() {
        return Objects.requireNonNull(started);
    }

    private BufferedReader reader() {
        return Objects.requireNonNull(output);
    }

    private void awaitLine(String wanted) throws Exception {
        String line;
        do {
            line = reader().readLine();
        } while (line != null && !line.equals(wanted));
        assertThat(line).isEqualTo(wanted);
    }

    private int status() throws Exception {
        assertThat(run().waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
        return run().exitValue();
    }

    private void awaitLog(String name, String message) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!log(name).contains(message)) {
            assertThat(System.nanoTime()).as("waited for " + message).isLessThan(deadline);
        }
    }

    private List<String> log(String name) throws Exception {
        return dyno.call("logs", "-d", name)
                .out()
                .lines()
                .map(l -> l.replaceFirst("^.*?]: ", ""))
                .toList();
    }
}
