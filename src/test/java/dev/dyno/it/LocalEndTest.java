package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code dyno local} ends, and all of its dynos with it. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class LocalEndTest {
    private static final String HEARS =
            "trap 'echo parent heard; wait; exit 5' TERM; trap 'echo interrupted' INT;"
                    + " (trap 'echo child heard; exit' TERM; echo ready; while :; do sleep 0.1; done)"
                    + " & wait";
    private static final String DEAF =
            "trap '' TERM INT HUP; echo deaf; while sleep 0.2; do echo tick; done";

    private final Dyno dyno;
    private final String mark = Long.toString(100_000_000 + new Random().nextInt(900_000_000));

    LocalEndTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
        dyno.write(".env", "MARK=" + mark + "\n");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        dyno.awaitEnd();
        assertThat(marked()).isEmpty();
        assertThat(dyno.sandboxes()).isEmpty();
        assertThat(dyno.call("ps").out()).isEqualTo("No dynos on app\n");
    }

    /** The processes of dynos. */
    private List<String> marked() {
        return Dyno.marked(mark);
    }

    @Test
    void ctrlCAsksEveryProcessOfEveryDynoToEnd() throws Exception {
        Local.app(dyno, "web: " + HEARS + "\nworker: " + HEARS + "\n");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String before = terminal.shell("stty -a");
            terminal.line("$DYNO local -p " + Local.freePorts());
            terminal.awaitText("ready");
            terminal.awaitText("ready");
            terminal.type("\u0003");
            terminal.awaitText("[WARN] Interrupted by User\r\n");
            terminal.awaitText("[DONE] Killing all processes with signal  SIGTERM\r\n");
            terminal.awaitText(ScriptedTerminal.PROMPT);

            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");
            assertThat(terminal.shell("stty -a")).isEqualTo(before);
        }
        for (String name : List.of("web.1", "worker.1")) {
            List<String> story = Local.story(dyno, name);
            assertThat(story)
                    .contains("app: parent heard", "app: child heard")
                    .doesNotContain("app: interrupted");
            assertThat(story.stream().filter(line -> !line.startsWith("app: ")))
                    .containsExactlyElementsOf(
                            name.equals("web.1")
                                    ? ended("starting", HEARS, 5)
                                    : ended("up", HEARS, 5));
        }
    }

    private static List<String> ended(String state, String command, int status) {
        var story = new java.util.ArrayList<String>();
        story.add("State changed from down to starting");
        story.add("Starting process with command `" + command + "`");
        if (state.equals("up")) {
            story.add("State changed from starting to up");
        }
        story.add("State changed from " + state + " to down");
        story.add("Stopping all processes with SIGTERM");
        story.add("Process exited with status " + status);
        return story;
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
    void aSignalEndsAllInOrder(String signal, int status) throws Exception {
        Local.app(dyno, "worker: exec sleep 300\nclock: exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1", "clock.1");
            local.signal(signal);

            assertThat(local.status()).isEqualTo(status);
        }
        assertThat(Local.story(dyno, "worker.1"))
                .isEqualTo(ended("up", "exec sleep 300", 143))
                .isEqualTo(Local.story(dyno, "clock.1"));
    }

    @Test
    void aClosedWindowEndsAllInOrder() throws Exception {
        Local.app(dyno, "worker: " + HEARS);
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("$DYNO local -p " + Local.freePorts());
            terminal.awaitText("ready");
        }
        dyno.awaitEnd();
        assertThat(Local.story(dyno, "worker.1"))
                .contains("app: parent heard", "app: child heard")
                .endsWith("Process exited with status 5");
    }

    @Test
    void ctrlCInAPipelineWhoseReaderGoesWithItLeavesDynosTheirGrace() throws Exception {
        Local.app(dyno, "worker: " + HEARS);
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("$DYNO local --format=raw -p " + Local.freePorts() + " | cat");
            terminal.awaitText("ready");
            terminal.type("\u0003");
            terminal.awaitText(ScriptedTerminal.PROMPT);
        }
        dyno.awaitEnd();
        assertThat(Local.story(dyno, "worker.1"))
                .contains("app: parent heard", "app: child heard")
                .endsWith("Process exited with status 5");
    }

    @Test
    void whoOutlivesTheGraceIsKilled() throws Exception {
        Local.app(dyno, "worker: " + DEAF);
        try (var local = Local.logging(dyno, Map.of("DYNO_GRACE", "1"))) {
            local.await("app[worker.1]: deaf\n");
            local.stop();
        }
        // Once no process may be started any more, bash complains of that until it is killed too.
        assertThat(
                        Local.story(dyno, "worker.1").stream()
                                .filter(line -> !line.equals("app: tick"))
                                .filter(line -> !line.startsWith("app: bash: fork: retry")))
                .containsExactly(
                        "State changed from down to starting",
                        "Starting process with command `" + DEAF + "`",
                        "State changed from starting to up",
                        "app: deaf",
                        "State changed from up to down",
                        "Stopping all processes with SIGTERM",
                        "Error R12 (Exit timeout) -> At least one process failed to exit within 1"
                                + " seconds of SIGTERM",
                        "Stopping remaining processes with SIGKILL",
                        "Process exited with status 137");
    }

    @Test
    void aSecondCtrlCDoesNotWait() throws Exception {
        Local.app(dyno, "worker: " + DEAF);
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("DYNO_GRACE=300 $DYNO local -p " + Local.freePorts());
            terminal.awaitText("deaf\r\n");
            terminal.type("\u0003");
            terminal.awaitText("[DONE] Killing all processes with signal  SIGTERM\r\n");
            // One that comes at once would be taken for the echo of the first.
            terminal.awaitText("tick\r\n");
            terminal.awaitText("tick\r\n");
            terminal.type("\u0003");
            terminal.awaitText("[DONE] Killing all processes with signal  SIGKILL\r\n");
            terminal.awaitText(ScriptedTerminal.PROMPT);

            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");
        }
        assertThat(Local.story(dyno, "worker.1").stream().filter(line -> !line.equals("app: tick")))
                .endsWith(
                        "State changed from up to down",
                        "Stopping all processes with SIGTERM",
                        "Stopping remaining processes with SIGKILL",
                        "Process exited with status 137");
    }

    @Test
    void whoRunsAwayIsFound() throws Exception {
        Local.app(dyno, "worker: bash escape.sh");
        dyno.write(
                "escape.sh",
                """
                setsid sleep 3001.$MARK &
                (setsid sleep 3002.$MARK &)
                perl -e 'fork and exit; setpgrp; fork and exit; exec "sleep", "3003.$ENV{MARK}"'
                (trap '' TERM HUP INT; exec sleep 3004.$MARK) &
                env -i setsid sleep 3005.$MARK &
                (exec <&- >&- 2>&-; exec sleep 3006.$MARK) &
                echo all away
                exec >&- 2>&-
                exec sleep 3007.$MARK
                """);
        try (var local = Local.logging(dyno, Map.of("DYNO_GRACE", "1"))) {
            local.await("app[worker.1]: all away\n");
            awaitRunaways(7);
            local.stop();
        }
        assertThat(marked()).isEmpty();
    }

    private void awaitRunaways(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> found;
        do {
            assertThat(System.nanoTime()).as("have run away").isLessThan(deadline);
            found = marked();
        } while (found.stream().filter(line -> line.startsWith("sleep 300")).count() < count);
    }

    @Test
    void whatTakesItsTimeToRemoveIsRemovedAllTheSame() throws Exception {
        Local.app(dyno, "worker: seq 8000 | xargs touch; echo made; exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.await("app[worker.1]: made\n");
            local.stop();
        }
    }

    @Test
    void whoWritesOnAfterTheProgramHasEndedDoesNotHoldItsDyno() throws Exception {
        Local.app(
                dyno,
                "worker: (trap '' TERM HUP; while :; do echo still; sleep 0.05; done) & exit 3");
        try (var local = Local.logging(dyno, Map.of(), "--once")) {
            assertThat(local.status()).isEqualTo(3);
        }
    }
}
