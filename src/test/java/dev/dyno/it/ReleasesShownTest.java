package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The releases as they are shown; what is printed is that of the captures of heroku 11.10.0. */
@Timeout(120)
final class ReleasesShownTest {
    private final Dyno dyno;

    ReleasesShownTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void release() throws Exception {
        ThreeReleases.make(dyno);
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

    @Test
    void releasesShowsWhatHerokuShows() throws Exception {
        ThreeReleases.fail(dyno, "v3");
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

    @Test
    void onATerminalALongDescriptionIsCut() throws Exception {
        dyno.call("config:set", "A_VERY_LONG_NAME=1", "ANOTHER_LONG_NAME=2", "AND_ONE_MORE=3");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String out = terminal.shell("$DYNO releases -n 1 --no-color");
            for (String line : ScriptedTerminal.utf8(out).lines().toList()) {
                if (line.startsWith("  v4")) {
                    assertThat(line).hasSize(80).contains("…   " + user());
                }
            }
            assertThat(ScriptedTerminal.utf8(out)).contains("…");
        }
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
        ThreeReleases.fail(dyno, "v2");
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
}
