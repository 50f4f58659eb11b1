package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about releases; what they print is that of the captures of heroku 11.10.0. */
@Timeout(120)
final class ReleaseCommandsTest {
    private final Dyno dyno;

    ReleaseCommandsTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    /** Three releases: two of files, and one of a config var. */
    @BeforeEach
    void release() throws Exception {
        dyno.write("Procfile", "release: true\nhello: echo one\n");
        dyno.write("file", "one\n");
        dyno.write(".env", "ENV=one\n");
        dyno.run("true");
        dyno.write("Procfile", "release: true\nhello: echo two\n");
        dyno.write("file", "two\n");
        dyno.write(".env", "ENV=two\n");
        dyno.run("true");
        dyno.call("config:set", "FOO=bar", "LONGER=x");
    }

    private static String anonymous(String text) {
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("[0-9a-f]{64}", "SLUG")
                .replaceAll("Deploy [0-9a-f]{8}", "Deploy 1a2b3c4d")
                .replaceAll("[^\\s\"]+@localhost", "U@localhost")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\S+Z", "TIME")
                .replaceAll("\\d{4}/\\d\\d/\\d\\d \\S+ \\S+ \\(~ \\d+s ago\\)", "TIME")
                .replaceAll(" +U@", " U@")
                .replaceAll(" +TIME", " TIME")
                .replaceAll("description +user +created_at", "description user created_at")
                .replaceAll("─+", "─");
    }

    private void says(int status, String out, String err, String... words) throws Exception {
        Result result = dyno.call(words);
        assertThat(anonymous(result.out())).isEqualTo(out);
        assertThat(result.err()).isEqualTo(err);
        assertThat(result.status()).isEqualTo(status);
    }

    private Path state() throws Exception {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.findFirst().orElseThrow().resolve("releases");
        }
    }

    @Test
    void releasesShowsWhatHerokuShows() throws Exception {
        Files.writeString(state().resolve("v3.status"), "status=failed\n");
        says(
                0,
                """
                === app Releases - Current: v2

                  v    description user created_at
                 ─
                  v3   Set FOO, LONGER config vars release command failed U@localhost TIME
                  v2   Deploy 1a2b3c4d U@localhost TIME
                  v1   Deploy 1a2b3c4d U@localhost TIME

                """,
                "",
                "releases");
        says(
                0,
                """
                === app Releases - Current: v2

                  v    description user created_at
                 ─
                  v3   Set FOO, LONGER config vars release command failed U@localhost TIME

                """,
                "",
                "releases",
                "-n",
                "1");
        says(
                0,
                """
                [
                  {
                    "id": "ID",
                    "version": 3,
                    "description": "Set FOO, LONGER config vars",
                    "status": "failed",
                    "current": false,
                    "user": {
                      "email": "U@localhost"
                    },
                    "created_at": "TIME",
                    "eligible_for_rollback": false,
                    "addon_plan_names": [],
                    "slug": {
                      "id": "SLUG"
                    },
                    "output_stream_url": null
                  },
                  {
                    "id": "ID",
                    "version": 2,
                    "description": "Deploy 1a2b3c4d",
                    "status": "succeeded",
                    "current": true,
                    "user": {
                      "email": "U@localhost"
                    },
                    "created_at": "TIME",
                    "eligible_for_rollback": true,
                    "addon_plan_names": [],
                    "slug": {
                      "id": "SLUG"
                    },
                    "output_stream_url": null
                  }
                ]
                """,
                "",
                "releases",
                "--num",
                "2",
                "--json");
        assertThat(dyno.call("releases", "-n", "x").err()).contains("'x' is no number of releases");
    }

    @Test
    void columnsStandBelowEachOther() throws Exception {
        String[] lines = dyno.call("releases").out().split("\n", -1);

        assertThat(lines[2].indexOf("user")).isEqualTo(lines[4].indexOf("@") - user().length());
        assertThat(lines[4]).hasSizeLessThanOrEqualTo(lines[3].length());
        assertThat(lines[2].indexOf("created_at")).isEqualTo(lines[5].indexOf("20"));
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    @Test
    void releasesInfoShowsWhatHerokuShows() throws Exception {
        says(
                0,
                """
                === Release v3

                By: U@localhost
                Change:                 Set FOO, LONGER config vars
                Eligible for Rollback?: Yes
                When: TIME

                === v3 Config vars

                ENV:    two
                FOO:    bar
                LONGER: x
                """,
                "",
                "releases:info");
        Files.writeString(state().resolve("v2.status"), "status=failed\n");
        says(
                0,
                """
                === Release v2

                By: U@localhost
                Change:                 Deploy 1a2b3c4d (release command failed)
                Eligible for Rollback?: No
                When: TIME

                === v2 Config vars

                ENV=two
                """,
                "",
                "releases:info",
                "2",
                "-s");
        Result unknown = dyno.call("releases:info", "v9");
        assertThat(unknown.err()).contains("Error: Couldn't find that release.");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(dyno.call("releases:info", "--json").out()).contains("\"version\": 3,");
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
        says(0, "", rolledBack("v1", "v4", "v3"), "releases:rollback", "v1");

        assertThat(dyno.run("hello").out()).isEqualTo("one\n");
        assertThat(dyno.run("cat file; echo $ENV $FOO").out()).isEqualTo("one\none\n");
        assertThat(dyno.call("logs", "-s", "heroku").out())
                .as("the log has the command that ran")
                .contains("command `echo one`");
        assertThat(dyno.call("config", "-s").out()).isEqualTo("ENV=one\n");
        assertThat(dyno.call("releases").out()).contains("Current: v4").contains("Rollback to v1");
        assertThat(dyno.app().resolve("file")).hasContent("two");

        says(0, "", rolledBack("v3", "v5", "v4"), "rollback", "3");
        assertThat(dyno.run("cat file; echo $ENV $FOO").out()).isEqualTo("two\ntwo bar\n");
        says(0, "", rolledBack("v4", "v6", "v5"), "rollback");
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

        says(0, "", rolledBack("v1", "v4", "v3"), "rollback", "v1");

        Result old = dyno.run("hello");
        assertThat(old.out()).as(old.err()).isEqualTo("one\n");
    }

    @Test
    void whatCannotBeRolledBackToIsSaid() throws Exception {
        Files.writeString(state().resolve("v2.status"), "status=failed\n");

        says(
                2,
                "",
                """
                 ›   Error: v2 cannot be rolled back to: release command failed
                 ›   Name another one; they are listed by: dyno releases
                """,
                "rollback",
                "v2");
        says(
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
        says(0, "", "Retrying v3 on app... done, v4\n", "releases:retry");
        assertThat(dyno.call("releases", "-n", "1").out())
                .contains("Retry of v3: Set FOO, LONGER config vars");
        dyno.write("Procfile", "hello: echo two\n");
        says(
                2,
                "",
                " ›   Error: App must have a release-phase command to use this command.\n",
                "releases:retry");
    }

    @Test
    void onATerminalALongDescriptionIsCut() throws Exception {
        dyno.call("config:set", "A_VERY_LONG_NAME=1", "ANOTHER_LONG_NAME=2", "AND_ONE_MORE=3");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String out = terminal.shell("$DYNO releases -n 1 --no-color");
            for (String line : utf8(out).lines().toList()) {
                if (line.startsWith("  v4")) {
                    assertThat(line).hasSize(80).contains("…   " + user());
                }
            }
            assertThat(utf8(out)).contains("…");
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
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
