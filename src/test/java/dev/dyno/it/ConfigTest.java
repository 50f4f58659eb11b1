package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private void says(int status, String out, String err, String... words) throws Exception {
        Result result = dyno.call(words);
        assertThat(result.out()).as(String.join(" ", words)).isEqualTo(out);
        assertThat(result.err()).as(String.join(" ", words)).isEqualTo(err);
        assertThat(result.status()).as(String.join(" ", words)).isEqualTo(status);
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
        says(
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
        says(
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
        says(
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
        says(0, "bar\n", "", "config:get", "FOO");
        says(0, "\n", "", "config:get", "NOPE");
        says(0, "bar\nit's a \"test\"\n", "", "config:get", "FOO", "LONG_NAME");
        says(
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
        says(
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
        says(
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
        says(
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
        says(
                0,
                "A:  1\nBB: two\n",
                "Setting A, BB and restarting app... done, v2\n",
                "config:set",
                "A=1",
                "BB=two");
        says(0, "\n", "Setting EMPTYV and restarting app... done, v3\n", "config:set", "EMPTYV=");
        says(
                0,
                "A: x=y=z\n",
                "Setting A and restarting app... done, v4\n",
                "config:add",
                "A=x=y=z");
        says(
                1,
                "",
                " ›   Error: A is invalid. Must be in the format FOO=bar.\n",
                "config:set",
                "B=1",
                "A");
        says(
                1,
                "",
                """
                 ›   Error: Usage: dyno config:set KEY1=VALUE1 [KEY2=VALUE2 ...]
                 ›   Must specify KEY and VALUE to set.
                """,
                "config:set");
        says(0, "", "Unsetting A, BB and restarting app... done, v5\n", "config:unset", "A", "BB");
        says(0, "", "Unsetting NEVER and restarting app... done, v5\n", "config:remove", "NEVER");
        says(
                2,
                "",
                """
                 ›   Error: Usage: dyno config:unset KEY1 [KEY2 ...]
                 ›   Must specify KEY to unset.
                """,
                "config:unset");
        says(0, "EMPTYV=\n", "", "config", "-s");
        assertThat(events())
                .containsSubsequence(
                        "Set A, BB config vars by user U",
                        "Release v2 created by user U",
                        "Set EMPTYV config vars by user U",
                        "Release v3 created by user U",
                        "Set A config vars by user U",
                        "Remove A, BB config vars by user U",
                        "Release v5 created by user U");
    }

    private List<String> events() throws Exception {
        return dyno.call("logs", "-s", "app", "-n", "100")
                .out()
                .lines()
                .filter(line -> line.contains(" app[api]: "))
                .map(line -> line.replaceFirst("^.*?]: ", "").replaceFirst("user .*", "user U"))
                .toList();
    }

    @Test
    void anAppThatNeverRanIsDeployedFirst() throws Exception {
        says(0, "A: 1\n", "Setting A and restarting app... done, v2\n", "config:set", "A=1");

        assertThat(events())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Deploy [0-9a-f]{8} by user U"),
                        line -> assertThat(line).isEqualTo("Release v1 created by user U"),
                        line -> assertThat(line).isEqualTo("Set A config vars by user U"),
                        line -> assertThat(line).isEqualTo("Release v2 created by user U"));
        assertThat(dyno.run("echo $A").out()).isEqualTo("1\n");
    }

    @Test
    void anAppWithoutConfigVarsHasAHeaderOnly() throws Exception {
        says(0, "=== app Config Vars\n\n\n", "", "config");
        says(0, "", "", "config", "-s");
        says(0, "{}\n", "", "config", "-j");
    }

    @Test
    void whatWasSetCountsAndTheOriginTellsOfBoth() throws Exception {
        dyno.write(".env", "A=env\nB=env\n");
        dyno.run("true");
        dyno.call("config:set", "B=set", "C=set");

        says(
                0,
                """
                === app Config Vars

                A: .env
                B: config:set, over .env
                C: config:set
                """,
                "",
                "config",
                "--origin");
        assertThat(dyno.run("echo $A $B $C").out()).isEqualTo("env set set\n");
        assertThat(dyno.run("-e", "B=own", "echo $A $B $C").out()).isEqualTo("env own set\n");
        dyno.write("other.env", "A=other\n");
        assertThat(dyno.run("--env-file", "other.env", "echo $A $B $C").out())
                .isEqualTo("other set set\n");
        Path env = dyno.app().resolve(".env");
        says(
                0,
                "",
                "Unsetting B, A and restarting app... done, v4\n"
                        + " ›   Warning: B is still set: it stands in "
                        + env
                        + ". Remove it there.\n"
                        + " ›   Warning: A is still set: it stands in "
                        + env
                        + ". Remove it there.\n",
                "config:unset",
                "B",
                "A");
        assertThat(dyno.run("echo $A $B $C").out()).isEqualTo("env env set\n");
        assertThat(env).hasContent("A=env\nB=env\n");
    }

    @Test
    void anyValueReachesTheDynoAsItWasSet() throws Exception {
        var values =
                Map.of(
                        "NEWLINES", "a\n\nb\n",
                        "QUOTES", "'\"`\\",
                        "EQUALS", "=a=b=",
                        "UTF8", "é漢😀",
                        "BLANKS", "  a  ",
                        "LARGE", "x".repeat(32 * 1024));
        var words = new ArrayList<>(List.of("config:set"));
        values.forEach((name, value) -> words.add(name + "=" + value));
        assertThat(dyno.call(words.toArray(String[]::new)).status()).isZero();

        for (Map.Entry<String, String> each : values.entrySet()) {
            assertThat(dyno.run("printf %s \"$" + each.getKey() + "\"").out())
                    .isEqualTo(each.getValue());
            assertThat(dyno.call("config:get", each.getKey()).out())
                    .isEqualTo(each.getValue() + "\n");
        }
        Files.write(dyno.app().resolve(".env"), dyno.call("config", "-j").bytes());
        dyno.call("config:unset", "NEWLINES", "QUOTES", "EQUALS", "UTF8", "BLANKS", "LARGE");
        assertThat(dyno.run("printf %s \"$NEWLINES$QUOTES$UTF8\"").out())
                .as("config --json > .env holds them all")
                .isEqualTo(values.get("NEWLINES") + values.get("QUOTES") + values.get("UTF8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A-B=1", "=1", "__A=1", "Ä=1"})
    void ofAWrongNameNothingIsSet(String word) throws Exception {
        dyno.run("true");

        Result result = dyno.call("config:set", "OK=1", word);

        String name = word.substring(0, word.indexOf('='));
        assertThat(result.err())
                .isEqualTo(
                        "Setting OK, "
                                + name
                                + " and restarting app... !\n ›   Error: '"
                                + name
                                + "' is no name of a config var\n"
                                + " ›   A name has letters, digits and _, and does not begin with __.\n"
                                + " ›   Error ID: invalid_params\n");
        assertThat(result.status()).isEqualTo(2);
        says(0, "\n", "", "config:get", "OK");
    }

    @Test
    void twoAtOnceLoseNothing() throws Exception {
        dyno.run("true");
        var all = new ArrayList<Callable<Result>>();
        for (int i = 0; i < 8; i++) {
            String word = "V" + i + "=" + i;
            all.add(() -> dyno.call("config:set", word));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var each : threads.invokeAll(all)) {
                assertThat(each.get().status()).as(each.get().toString()).isZero();
            }
        }

        assertThat(dyno.run("echo $V0$V1$V2$V3$V4$V5$V6$V7").out()).isEqualTo("01234567\n");
        assertThat(dyno.call("releases:output").err()).contains("Release v9 has");
    }

    @Test
    void onATerminalNamesAreColouredAndValuesHarmless() throws Exception {
        dyno.call("config:set", "A=1", "EVIL=\u001b]0;x\u0007\n\u001b[2J");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String e = "\u001b";
            terminal.shell("$DYNO config");
            assertThat(utf8(terminal.shown()))
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

    /** A terminal's bytes are a character each. */
    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void editorsChangesAreSetAndUnset() throws Exception {
        dyno.write(".env", "ENV=1\n");
        dyno.call("config:set", "A=1", "B=it's", "C=3");
        String editor = "sed -i -e '/^C=/d' -e 's/^A=.*/A=\"x\\\\ny\"/' -e '$aD=new'";

        Result result =
                dyno.call(
                        Map.of("EDITOR", editor),
                        "y\n".getBytes(StandardCharsets.UTF_8),
                        "config:edit");

        assertThat(result.err())
                .isEqualTo(
                        "Fetching config... done\n"
                                + "Update config on app with these values? (y/N)"
                                + " Updating config... done\n");
        assertThat(result.out())
                .isEqualTo(
                        """

                        Config Diff:
                        - A=1
                        + A="x\\ny"
                        - C=3
                        + D=new

                        """);
        assertThat(result.status()).isZero();
        says(0, "ENV=1\nA=\"x\\ny\"\nB=\"it's\"\nD=new\n", "", "config", "-s");
        assertThat(events()).contains("Set A, D, remove C config vars by user U");
    }

    @Test
    void anEditorThatChangesNothingOrIsNotConfirmedChangesNothing() throws Exception {
        dyno.call("config:set", "A=1");

        assertThat(dyno.call(Map.of("VISUAL", "true"), new byte[0], "config:edit").err())
                .isEqualTo("Fetching config... done\n ›   Warning: no changes to config\n");
        assertThat(dyno.call(Map.of("VISUAL", "echo B=2 >>"), new byte[0], "config:edit").out())
                .contains("+ B=2");
        Result failed = dyno.call(Map.of("VISUAL", "exit 3 #"), new byte[0], "config:edit");
        assertThat(failed.err()).contains("Error: exit 3 # ended with status 3");
        assertThat(failed.status()).isEqualTo(1);
        Result invalid = dyno.call(Map.of("VISUAL", "echo rubbish >"), new byte[0], "config:edit");
        assertThat(invalid.err()).endsWith("    Error: Invalid line: rubbish\n");
        assertThat(invalid.status()).isEqualTo(1);
        says(0, "A=1\n", "", "config", "-s");
        Result one =
                dyno.call(
                        Map.of("VISUAL", "echo two >"),
                        "yes\n".getBytes(StandardCharsets.UTF_8),
                        "config:edit",
                        "A");
        assertThat(one.status()).as(one.toString()).isZero();
        says(0, "two\n", "", "config:get", "A");
    }

    @Test
    void whatIsSetIsNobodyElsesToRead() throws Exception {
        dyno.call("config:set", "A=1");
        try (Stream<Path> all = Files.walk(dyno.home())) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(path, StandardCharsets.ISO_8859_1).contains("A=1")) {
                    assertThat(Files.getPosixFilePermissions(path).toString())
                            .as(path.toString())
                            .doesNotContain("GROUP", "OTHERS");
                }
            }
        }
    }
}
