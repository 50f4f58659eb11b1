package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The release phase of {@code dyno local}: a release's command, before any dyno of it. */
@Timeout(60)
final class LocalReleasePhaseTest {
    private final Dyno dyno;

    LocalReleasePhaseTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    private List<String> log() throws Exception {
        return Local.log(dyno).stream()
                .map(line ->
                        line.replaceFirst("release\\.\\d{4}", "release.N")
                                .replaceFirst("[0-9a-f]{8} by", "SLUG by"))
                .toList();
    }

    @Test
    void runsBeforeAnyDynoAndIsLogged() throws Exception {
        Local.app(dyno, "release: echo migrating $DYNO; sleep 0.1\nworker: exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1");
            local.stop();
        }
        assertThat(log().subList(0, 10))
                .map(line -> line.replaceFirst("release\\.\\d{4}$", "release.N"))
                .containsExactly(
                        "app[api]: Deploy SLUG by user U",
                        "app[api]: Running release v1 commands by user U",
                        "app[api]: Starting process with command `echo migrating $DYNO; sleep 0.1`"
                                + " by user U",
                        "heroku[release.N]: Starting process with command `echo migrating $DYNO;"
                                + " sleep 0.1`",
                        "heroku[release.N]: State changed from starting to up",
                        "app[release.N]: migrating release.N",
                        "heroku[release.N]: Process exited with status 0",
                        "heroku[release.N]: State changed from up to complete",
                        "app[api]: Release v1 created by user U",
                        "heroku[worker.1]: State changed from down to starting");
    }

    @Test
    void aFailureStopsTheStartAndItsOutputIsKept() throws Exception {
        Local.app(dyno, "release: echo no table; exit 3\nworker: exec sleep 300");
        Result local = Local.call(dyno);

        assertThat(local.status()).isEqualTo(3);
        assertThat(local.err())
                .endsWith(
                        """
                        [FAIL] The release command failed with status 3: nothing is started
                        [FAIL] See what it wrote with: dyno releases:output
                        """);
        assertThat(dyno.call("releases:output").out()).isEqualTo("no table\n");
        assertThat(log())
                .endsWith(
                        "app[release.N]: no table",
                        "heroku[release.N]: Process exited with status 3",
                        "heroku[release.N]: State changed from up to complete",
                        "app[api]: Release v1 command failed by user U");
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void runsOnceForEachReleaseThatItSucceedsFor() throws Exception {
        Local.app(dyno, "release: cat file; exit $FAIL\nworker: exit 0");
        dyno.write("file", "one\n");
        dyno.write(".env", "FAIL=5\n");
        assertThat(Local.call(dyno, "--once").status()).isEqualTo(5);
        assertThat(Local.call(dyno, "--once").status()).isEqualTo(5);
        dyno.write(".env", "FAIL=0\n");
        assertThat(Local.call(dyno, "--once").status()).isZero();
        assertThat(Local.call(dyno, "--once").status()).isZero();
        dyno.write("file", "three\n");
        assertThat(Local.call(dyno, "--once").status()).isZero();

        assertThat(dyno.call("releases:output", "v3").out()).isEqualTo("three\n");
        assertThat(log().stream().filter(line -> line.startsWith("app[api]: R")))
                .containsExactly(
                        "app[api]: Running release v1 commands by user U",
                        "app[api]: Release v1 command failed by user U",
                        "app[api]: Running release v1 commands by user U",
                        "app[api]: Release v1 command failed by user U",
                        "app[api]: Running release v2 commands by user U",
                        "app[api]: Release v2 created by user U",
                        "app[api]: Running release v3 commands by user U",
                        "app[api]: Release v3 created by user U");
    }

    @Test
    void aFailureAtARestartLeavesTheDynosAsTheyAre() throws Exception {
        Local.app(dyno, "release: exit $FAIL\nworker: exec sleep 300");
        dyno.write(".env", "FAIL=0\n");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1");
            dyno.write(".env", "FAIL=4\n");
            dyno.call("ps:restart");
            local.await("Process exited with status 4\n");
            dyno.call("ps"); // in whose time a restart would have begun
            local.stop();
            assertThat(local.err())
                    .contains(
                            "[FAIL] The release command failed with status 4: the formation stays on"
                                    + " the release it has\n");
        }
        assertThat(Local.story(dyno, "worker.1")).doesNotContain("Restarting");
    }

    @Test
    void ctrlCEndsItInOrder() throws Exception {
        Local.app(
                dyno,
                "release: trap 'echo rolling back; exit 6' TERM; echo begun; sleep 300 & wait\n"
                        + "worker: exec sleep 300");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("$DYNO local -p " + Local.freePorts());
            terminal.awaitText("begun\r\n");
            terminal.type("\u0003");
            terminal.awaitText("[WARN] Interrupted by User\r\n");
            terminal.awaitText("rolling back\r\n");
            terminal.awaitText(ScriptedTerminal.PROMPT);

            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");
        }
        dyno.awaitEnd();
        assertThat(dyno.sandboxes()).isEmpty();
        assertThat(log())
                .endsWith(
                        "app[release.N]: begun",
                        "heroku[release.N]: Stopping all processes with SIGTERM",
                        "app[release.N]: rolling back",
                        "heroku[release.N]: Process exited with status 6",
                        "heroku[release.N]: State changed from up to complete",
                        "app[api]: Release v1 command failed by user U");
        assertThat(dyno.call("releases:output").out()).isEqualTo("begun\nrolling back\n");
    }
}
