package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running {@code dyno local}, seen and changed from other windows. */
@Timeout(60)
final class LocalControlTest {
    private static final String TELL = "echo I am $DYNO at $PORT; exec sleep 300";

    private final Dyno dyno;

    LocalControlTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    private void says(String err, String... words) throws Exception {
        Result result = dyno.call(words);
        assertThat(result.err()).isEqualTo(err);
        assertThat(result.status()).isZero();
    }

    private String ps() throws Exception {
        return dyno.call("ps").out().replaceAll(" \\d{4}/.*", "");
    }

    @Test
    void moreDynosComeAndFewerGo() throws Exception {
        Local.app(dyno, "web: true\nworker: " + TELL);
        int port = Local.freePorts();
        try (var local = Local.logging(dyno, Map.of(), port, "worker")) {
            local.awaitUp("worker.1");

            says(
                    "Scaling dynos... done, now running worker at 3:Standard-1X\n",
                    "scale",
                    "worker=3");
            local.await(
                    Local.up("worker.2"),
                    Local.up("worker.3"),
                    "app[worker.2]: I am worker.2 at " + (port + 1) + "\n",
                    "app[worker.3]: I am worker.3 at " + (port + 2) + "\n");
            assertThat(ps())
                    .isEqualTo(
                            "=== worker (Standard-1X): "
                                    + TELL
                                    + " (3)\n\nworker.1: up\nworker.2: up\nworker.3: up\n\n");
            says(
                    "Scaling dynos... done, now running worker at 1:Standard-1X\n",
                    "scale",
                    "worker-2");
            local.await(
                    "heroku[worker.2]: Process exited with status 143\n",
                    "heroku[worker.3]: Process exited with status 143\n");
            local.stop();
        }
        assertThat(Local.story(dyno, "worker.3"))
                .containsExactly(
                        "State changed from down to starting",
                        "Starting process with command `"
                                + TELL.replace("$PORT", port + 2 + "")
                                + "`",
                        "State changed from starting to up",
                        "app: I am worker.3 at " + (port + 2),
                        "State changed from up to down",
                        "Stopping all processes with SIGTERM",
                        "Process exited with status 143");
        assertThat(Local.log(dyno, "-d", "api"))
                .endsWith(
                        "app[api]: Scaled to worker@3:Standard-1X by user U",
                        "app[api]: Scaled to worker@1:Standard-1X by user U");
    }

    @Test
    void oneATypeOrAllAreRestartedOrStoppedAndOnlyThose() throws Exception {
        Local.app(dyno, "clock: " + TELL + "\nworker: " + TELL);
        try (var local = Local.logging(dyno, Map.of(), "clock,worker=2")) {
            local.awaitUp("clock.1", "worker.1", "worker.2");

            says("Restarting dyno worker.2 on app... done\n", "ps:restart", "-d", "worker.2");
            local.awaitUp("worker.2");
            says("Restarting all worker dynos on app... done\n", "ps:restart", "-p", "worker");
            local.awaitUp("worker.1", "worker.2");
            says("Restarting all dynos on app... done\n", "ps:restart");
            local.awaitUp("clock.1", "worker.1", "worker.2");
            says("Stopping dyno worker.1 on app... done\n", "ps:stop", "-d", "worker.1");
            local.awaitUp("worker.1");

            assertThat(dyno.call("ps:restart", "-d", "worker.3").err())
                    .contains("Error: Couldn't find that dyno.");
            local.stop();
        }
        assertThat(starts("clock.1")).isEqualTo(2);
        assertThat(starts("worker.1")).isEqualTo(4);
        assertThat(starts("worker.2")).isEqualTo(4);
        assertThat(Local.story(dyno, "clock.1"))
                .containsSubsequence(
                        "Restarting",
                        "State changed from up to starting",
                        "Stopping all processes with SIGTERM",
                        "Process exited with status 143",
                        "State changed from starting to up");
    }

    private long starts(String name) throws Exception {
        return Local.story(dyno, name).stream()
                .filter(line -> line.startsWith("Starting process"))
                .count();
    }

    @Test
    void aNewSizeRestartsTheType() throws Exception {
        Local.app(dyno, "clock: " + TELL + "\nworker: " + TELL);
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("clock.1", "worker.1");

            assertThat(dyno.call("ps:type", "worker=performance-m").out())
                    .contains("  worker   Performance-M   1     ~$0.347     $250\n");
            local.awaitUp("worker.1");
            assertThat(ps())
                    .contains("=== clock (Standard-1X): ")
                    .contains("clock.1: up\nworker.1: up\n");
            assertThat(dyno.call("ps", "--json").out()).contains("\"size\": \"Performance-M\"");
            local.stop();
        }
        assertThat(starts("clock.1")).isEqualTo(1);
    }

    @Test
    void aDynoThatStartsIsWaitedFor() throws Exception {
        try (var gate = new Gate()) {
            Local.app(dyno, "web: " + gate.command() + "; " + Local.LISTEN);
            try (var local = Local.logging(dyno, Map.of())) {
                Process wait;
                try (var _ = gate.arrival()) {
                    wait = dyno.start(Map.of(), "ps:wait");
                    PsWaitTest.awaitWatching(wait);
                    dyno.call("ps"); // in whose time it has looked at the roster too
                    assertThat(wait.isAlive()).isTrue();
                }
                assertThat(wait.errorReader().lines())
                        .containsExactly("Waiting for every dyno to be running v1... 1 / 1, done");
                assertThat(wait.waitFor()).isZero();
                local.awaitUp("web.1");
                local.stop();
            }
        }
    }

    @Test
    void theLogIsFollowedFromAnotherWindow() throws Exception {
        try (var gate = new Gate()) {
            Local.app(dyno, "worker: echo first; " + gate.command() + "; echo second; sleep 300");
            try (var local = Local.logging(dyno, Map.of())) {
                var arrived = gate.arrival();
                local.await("app[worker.1]: first\n");
                try (var logs = new Local(dyno, Map.of(), "logs", "-t", "-d", "worker.1")) {
                    logs.await("app[worker.1]: first\n");
                    arrived.close();
                    logs.await("app[worker.1]: second\n");
                    local.stop();
                    logs.await(
                            "heroku[worker.1]: State changed from up to down\n",
                            "heroku[worker.1]: Process exited with status 143\n");
                    assertThat(logs.out()).isEqualTo(dyno.call("logs", "-d", "worker.1").out());
                    logs.signal("TERM");
                    logs.status();
                }
            }
        }
    }

    @Test
    void oneOffsBesideItAreUndisturbed() throws Exception {
        Local.app(dyno, "worker: " + TELL);
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1");
            Process run = dyno.start(Map.of(), "run", "echo $DYNO; read x; echo $x");
            try (var out = run.inputReader();
                    var in = run.outputWriter()) {
                String name = out.readLine();
                assertThat(ps()).contains("=== run: one-off processes (1)").contains(name);
                says("Restarting all dynos on app... done\n", "ps:restart");
                local.awaitUp("worker.1");
                local.stop();

                in.write("still here\n");
                in.flush();
                assertThat(out.readLine()).isEqualTo("still here");
                assertThat(run.waitFor()).isZero();
            } finally {
                run.destroyForcibly().waitFor();
            }
        }
    }
}
