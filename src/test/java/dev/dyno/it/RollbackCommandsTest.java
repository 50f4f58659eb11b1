package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release made out of an earlier one: {@code releases:rollback} and {@code releases:retry}. */
@Timeout(120)
final class RollbackCommandsTest {
    private final Dyno dyno;

    RollbackCommandsTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void release() throws Exception {
        ThreeReleases.make(dyno);
    }

    private static String rolledBack(String to, String made, String undo) {
        return "Rolling back app to "
                + to
                + "... done, "
                + made
                + "\n ›   Warning: Rollback affects code and config vars; it doesn't add or remove"
                + " addons.\n ›   Warning: To undo, run: dyno rollback "
                + undo
                + "\n";
    }

    @Test
    void runsAfterARollbackHaveTheOldFilesProcessTypesAndConfigVars() throws Exception {
        dyno.says(0, "", rolledBack("v1", "v4", "v3"), "releases:rollback", "v1");

        assertThat(dyno.run("hello").out()).isEqualTo("one\n");
        assertThat(dyno.run("cat file; echo $ENV $FOO").out()).isEqualTo("one\none\n");
        assertThat(dyno.call("logs", "-s", "heroku").out())
                .as("the log has the command that ran")
                .contains("command `echo one`");
        assertThat(dyno.call("config", "-s").out()).isEqualTo("ENV=one\n");
        assertThat(dyno.call("releases").out()).contains("Current: v4").contains("Rollback to v1");
        assertThat(dyno.app().resolve("file")).hasContent("two");

        dyno.says(0, "", rolledBack("v3", "v5", "v4"), "rollback", "3");
        assertThat(dyno.run("cat file; echo $ENV $FOO").out()).isEqualTo("two\ntwo bar\n");
        dyno.says(0, "", rolledBack("v4", "v6", "v5"), "rollback");
        assertThat(dyno.run("cat file").out()).isEqualTo("one\n");

        dyno.write("file", "three\n");
        assertThat(dyno.run("cat file; echo $ENV; hello").out()).startsWith("three\ntwo\n");
        assertThat(dyno.run("hello").out()).isEqualTo("two\n");
        assertThat(dyno.call("releases").out()).contains("Current: v7");
    }

    @Test
    void aBrokenProcfileMayBeRolledBackFrom() throws Exception {
        dyno.write("Procfile", "rubbish\n");
        assertThat(dyno.run("hello").status()).isEqualTo(125);

        dyno.says(0, "", rolledBack("v1", "v4", "v3"), "rollback", "v1");

        Result old = dyno.run("hello");
        assertThat(old.out()).as(old.err()).isEqualTo("one\n");
    }

    @Test
    void whatCannotBeRolledBackToIsSaid() throws Exception {
        ThreeReleases.fail(dyno, "v2");

        dyno.says(
                2,
                "",
                """
                 ›   Error: v2 cannot be rolled back to: release command failed
                 ›   Name another one; they are listed by: dyno releases
                """,
                "rollback",
                "v2");
        dyno.says(
                2,
                "",
                """
                 ›   Error: Couldn't find that release.
                 ›   There are those from v1 to v3, not v9.
                 ›   Error ID: not_found
                """,
                "rollback",
                "v9");
        assertThat(dyno.call("rollback").err()).as("v2 has failed").contains("to v1... done, v4");
    }

    @Test
    void aRetryIsTheSameReleaseOnceMore() throws Exception {
        dyno.says(0, "", "Retrying v3 on app... done, v4\n", "releases:retry");
        assertThat(dyno.call("releases", "-n", "1").out())
                .contains("Retry of v3: Set FOO, LONGER config vars");
        dyno.write("Procfile", "hello: echo two\n");
        dyno.says(
                2,
                "",
                " ›   Error: App must have a release-phase command to use this command.\n",
                "releases:retry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--watch"})
    void aFormationThatRunsGoesOverToTheNewRelease(String flag) throws Exception {
        dyno.write("Procfile", "worker: echo $FOO $(cat file); exec sleep 1000\n");
        var words = new ArrayList<>(List.of("local", "--format=raw", "-p", freePort()));
        if (!flag.isEmpty()) {
            words.add(flag);
        }
        Process local = dyno.start(Map.of(), words.toArray(String[]::new));
        try (var out = local.inputReader()) {
            awaitLine(out, "bar two");
            assertThat(dyno.call("config:set", "FOO=new").err())
                    .isEqualTo("Setting FOO and restarting app... done, v5\n");
            awaitLine(out, "new two");
            dyno.write("file", "three\n");
            assertThat(dyno.call("rollback", "v4").err()).startsWith("Rolling back app to v4");
            awaitLine(out, "bar two");
            assertThat(dyno.call("releases", "-n", "1").out()).contains("Rollback to v4");
            assertThat(dyno.call("logs", "-s", "app", "-n", "200").out())
                    .containsOnlyOnce("Rollback to v4 by user ")
                    .containsOnlyOnce("Set FOO config vars by user ");
        } finally {
            local.destroy();
            local.waitFor();
        }
    }

    private static String freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static void awaitLine(BufferedReader out, String wanted) throws Exception {
        var seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen.append(line).append('\n');
            if (line.strip().endsWith(wanted)) {
                return;
            }
        }
        throw new AssertionError("'" + wanted + "' did not come, but:\n" + seen);
    }
}
