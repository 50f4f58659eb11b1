package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about config vars; what they print is that of the captures of heroku 11.10.0. */
@Timeout(120)
final class ConfigTest {
    private final Dyno dyno;

    ConfigTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    private void setTheFive() throws Exception {
        dyno.call(
                "config:set",
                "FOO=bar",
                "LONG_NAME=it's a \"test\"",
                "EMPTY=",
                "MULTI=a\nb",
                "SP=a b");
    }

    @Test
    void configShowsWhatHerokuShows() throws Exception {
        setTheFive();
        dyno.says(
                0,
                """
                === app Config Vars

                FOO:       bar
                LONG_NAME: it's a "test"
                EMPTY:     ''
                MULTI:     a
                b
                SP:        a b
                """,
                "",
                "config");
        dyno.says(
                0,
                """
                FOO=bar
                LONG_NAME="it's a \\"test\\""
                EMPTY=
                MULTI="a\\nb"
                SP='a b'
                """,
                "",
                "config",
                "--shell");
        dyno.says(
                0,
                """
                {
                  "FOO": "bar",
                  "LONG_NAME": "it's a \\"test\\"",
                  "EMPTY": "",
                  "MULTI": "a\\nb",
                  "SP": "a b"
                }
                """,
                "",
                "config",
                "-j");
    }

    @Test
    void configGetShowsWhatHerokuShows() throws Exception {
        setTheFive();
        dyno.says(0, "bar\n", "", "config:get", "FOO");
        dyno.says(0, "\n", "", "config:get", "NOPE");
        dyno.says(0, "bar\nit's a \"test\"\n", "", "config:get", "FOO", "LONG_NAME");
        dyno.says(
                0,
                """
                FOO=bar
                LONG_NAME="it's a \\"test\\""
                MULTI="a\\nb"
                SP='a b'
                EMPTY=
                NOPE=
                """,
                "",
                "config:get",
                "-s",
                "FOO",
                "LONG_NAME",
                "MULTI",
                "SP",
                "EMPTY",
                "NOPE");
        dyno.says(
                0,
                """
                {
                  "key": "FOO",
                  "value": "bar"
                }
                """,
                "",
                "config:get",
                "-j",
                "FOO");
        dyno.says(
                0,
                """
                [
                  {
                    "key": "FOO",
                    "value": "bar"
                  },
                  {
                    "key": "NOPE",
                    "value": null
                  }
                ]
                """,
                "",
                "config:get",
                "-j",
                "FOO",
                "NOPE");
        dyno.says(
                2,
                "",
                """
                 ›   Error: Missing 1 required arg:
                 ›   KEY  key name of the config var value
                 ›   See more help with --help
                """,
                "config:get");
    }

    @Test
    void configSetSaysWhatHerokuSays() throws Exception {
        dyno.run("true");
        dyno.says(
                0,
                "A:  1\nBB: two\n",
                "Setting A, BB and restarting app... done, v2\n",
                "config:set",
                "A=1",
                "BB=two");
        dyno.says(
                0,
                "\n",
                "Setting EMPTYV and restarting app... done, v3\n",
                "config:set",
                "EMPTYV=");
        dyno.says(
                0,
                "A: x=y=z\n",
                "Setting A and restarting app... done, v4\n",
                "config:add",
                "A=x=y=z");
        dyno.says(
                1,
                "",
                " ›   Error: A is invalid. Must be in the format FOO=bar.\n",
                "config:set",
                "B=1",
                "A");
        dyno.says(
                1,
                "",
                """
                 ›   Error: Usage: dyno config:set KEY1=VALUE1 [KEY2=VALUE2 ...]
                 ›   Must specify KEY and VALUE to set.
                """,
                "config:set");
        dyno.says(
                0,
                "",
                "Unsetting A, BB and restarting app... done, v5\n",
                "config:unset",
                "A",
                "BB");
        dyno.says(
                0,
                "",
                "Unsetting NEVER and restarting app... done, v5\n",
                "config:remove",
                "NEVER");
        dyno.says(
                2,
                "",
                """
                 ›   Error: Usage: dyno config:unset KEY1 [KEY2 ...]
                 ›   Must specify KEY to unset.
                """,
                "config:unset");
        dyno.says(0, "EMPTYV=\n", "", "config", "-s");
        assertThat(events(dyno))
                .containsSubsequence(
                        "Set A, BB config vars by user U",
                        "Release v2 created by user U",
                        "Set EMPTYV config vars by user U",
                        "Release v3 created by user U",
                        "Set A config vars by user U",
                        "Remove A, BB config vars by user U",
                        "Release v5 created by user U");
    }

    /** What the log says was done to the app. */
    static List<String> events(Dyno dyno) throws Exception {
        return Local.log(dyno, "-s", "app").stream()
                .filter(line -> line.startsWith("app[api]: "))
                .map(line -> line.substring("app[api]: ".length()))
                .toList();
    }

    @Test
    void anAppWithoutConfigVarsHasAHeaderOnly() throws Exception {
        dyno.says(0, "=== app Config Vars\n\n\n", "", "config");
        dyno.says(0, "", "", "config", "-s");
        dyno.says(0, "{}\n", "", "config", "-j");
    }

    @Test
    void onATerminalNamesAreColouredAndValuesHarmless() throws Exception {
        dyno.call("config:set", "A=1", "EVIL=\u001b]0;x\u0007\n\u001b[2J");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String e = "\u001b";
            terminal.shell("$DYNO config");
            assertThat(ScriptedTerminal.utf8(terminal.shown()))
                    .contains(
                            e
                                    + "[1m=== "
                                    + e
                                    + "[22m"
                                    + e
                                    + "[1m"
                                    + e
                                    + "[38;5;147m⬢ app"
                                    + e
                                    + "[39m Config Vars"
                                    + e
                                    + "[22m\r\n\r\n"
                                    + e
                                    + "[1m"
                                    + e
                                    + "[38;5;212mA"
                                    + e
                                    + "[39m"
                                    + e
                                    + "[22m:    1\r\n"
                                    + e
                                    + "[1m"
                                    + e
                                    + "[38;5;212mEVIL"
                                    + e
                                    + "[39m"
                                    + e
                                    + "[22m: \\x1b]0;x\\x07\r\n\\x1b[2J\r\n");
            assertThat(terminal.shell("$DYNO config:get EVIL --no-color"))
                    .isEqualTo("\\x1b]0;x\\x07\r\n\\x1b[2J\r\n");
        }
    }
}
