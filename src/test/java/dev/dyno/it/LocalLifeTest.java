package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the dynos of {@code dyno local} come up, crash and come again. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class LocalLifeTest {
    private final Dyno dyno;

    LocalLifeTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
    }

    @Test
    void aWebDynoIsUpOnceItListens() throws Exception {
        try (var gate = new Gate()) {
            String command = gate.command() + "; echo opened; " + Local.LISTEN;
            Local.app(dyno, "web: " + command);
            try (var local = Local.logging(dyno, Map.of())) {
                try (var _ = gate.arrival()) {
                    assertThat(dyno.call("ps").out()).contains("web.1: starting ");
                }
                local.awaitUp("web.1");
                assertThat(dyno.call("ps").out()).contains("web.1: up ");
                local.stop();
            }
            assertThat(Local.story(dyno, "web.1"))
                    .containsExactly(
                            "State changed from down to starting",
                            "Starting process with command `" + command + "`",
                            "app: opened",
                            "State changed from starting to up",
                            "State changed from up to down",
                            "Stopping all processes with SIGTERM",
                            "Process exited with status 143");
        }
    }

    @Test
    void aWebDynoThatNeverListensIsKilledAndHasCrashed() throws Exception {
        Local.app(dyno, "web: trap '' TERM; echo deaf; sleep 300 & wait");
        try (var local = Local.logging(dyno, Map.of("DYNO_BOOT_TIMEOUT", "1", "DYNO_GRACE", "0"))) {
            local.await("State changed from crashed to starting\n");
            local.stop();
        }
        assertThat(Local.story(dyno, "web.1"))
                .startsWith(
                        "State changed from down to starting",
                        "Starting process with command `trap '' TERM; echo deaf; sleep 300 & wait`",
                        "app: deaf",
                        "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 1"
                                + " seconds of launch",
                        "Stopping process with SIGKILL",
                        "Process exited with status 137",
                        "State changed from starting to crashed",
                        "State changed from crashed to starting");
    }

    @Test
    void aCrashedDynoRestartsAtOnceThenAfterACoolOffThatDoubles() throws Exception {
        Local.app(dyno, "worker: echo $DYNO; exit 7");
        int port = Local.freePorts();
        try (var local =
                new Local(
                        dyno,
                        Map.of("DYNO_BACKOFF", "0.3"),
                        "local",
                        "-p",
                        Integer.toString(port))) {
            local.await(
                    "worker.1 Restarting\n",
                    "worker.1 Restarting in 0.3 seconds\n",
                    "worker.1 Restarting in 0.6 seconds\n",
                    "worker.1 Restarting in 1.2 seconds\n");
            local.stop();
            assertThat(local.err()).contains(" worker.1 Exited with exit code 7\n");
        }
        List<String> crash =
                List.of(
                        "Starting process with command `echo $DYNO; exit 7`",
                        "State changed from starting to up",
                        "app: worker.1",
                        "Process exited with status 7",
                        "State changed from up to crashed");
        var story = new ArrayList<>(List.of("State changed from down to starting"));
        for (int i = 1; i <= 4; i++) {
            story.addAll(crash);
            story.add("State changed from crashed to " + (i < 4 ? "starting" : ""));
        }
        story.removeLast();
        assertThat(Local.story(dyno, "worker.1").subList(0, story.size()))
                .containsExactlyElementsOf(story);
        // The end of a crash is decided by the clock just before the crash is logged.
        assertThat(coolOffs().subList(0, 3).stream().map(time -> time.toMillis() / 250))
                .satisfiesExactly(
                        first -> assertThat(first).isZero(),
                        second -> assertThat(second).isPositive(),
                        third -> assertThat(third).isGreaterThan(1));
    }

    /** How long each crash was before the start after it, by the log. */
    private List<Duration> coolOffs() throws Exception {
        var times = new ArrayList<OffsetDateTime>();
        var found = new ArrayList<Duration>();
        for (String line : dyno.call("logs", "-d", "worker.1").out().lines().toList()) {
            if (line.contains(" crashed")) {
                times.add(OffsetDateTime.parse(line.substring(0, line.indexOf(' '))));
                if (times.size() % 2 == 0) {
                    found.add(Duration.between(times.get(times.size() - 2), times.getLast()));
                }
            }
        }
        return found;
    }

    @Test
    void aDynoThatCoolsOffIsShownAndNotWaitedFor() throws Exception {
        Local.app(dyno, "worker: exit 0");
        int port = Local.freePorts();
        try (var local =
                new Local(
                        dyno,
                        Map.of("DYNO_BACKOFF", "300"),
                        "local",
                        "-p",
                        Integer.toString(port))) {
            local.await("worker.1 Restarting in 300 seconds\n");
            assertThat(dyno.call("ps").out()).contains("worker.1: crashed ");
            local.stop();
        }
        assertThat(Local.story(dyno, "worker.1"))
                .endsWith("State changed from up to crashed", "State changed from crashed to down");
        assertThat(dyno.call("ps").out()).isEqualTo("No dynos on app\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void withOnceAllEndWithTheFirstAndItsStatusIsDynos(int status) throws Exception {
        try (var gate = new Gate()) {
            Local.app(
                    dyno,
                    "web: %s\nworker: %s; exit %d\n"
                            .formatted(Local.LISTEN, gate.command(), status));
            try (var local = Local.logging(dyno, Map.of(), "--once")) {
                local.awaitUp("web.1");
                gate.arrival().close();

                assertThat(local.status()).isEqualTo(status);
            }
            assertThat(Local.story(dyno, "web.1"))
                    .endsWith(
                            "State changed from up to down",
                            "Stopping all processes with SIGTERM",
                            "Process exited with status 143");
            assertThat(Local.story(dyno, "worker.1"))
                    .endsWith(
                            "Process exited with status " + status,
                            "State changed from up to crashed",
                            "State changed from crashed to down");
        }
    }
}
