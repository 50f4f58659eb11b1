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

/** What is set as a config var, and which dynos it reaches. */
@Timeout(120)
final class ConfigSetTest {
    private final Dyno dyno;

    ConfigSetTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    @Test
    void anAppThatNeverRanIsDeployedFirst() throws Exception {
        dyno.says(0, "A: 1\n", "Setting A and restarting app... done, v2\n", "config:set", "A=1");

        assertThat(ConfigTest.events(dyno))
                .satisfiesExactly(
                        line -> assertThat(line).matches("Deploy [0-9a-f]{8} by user U"),
                        line -> assertThat(line).isEqualTo("Release v1 created by user U"),
                        line -> assertThat(line).isEqualTo("Set A config vars by user U"),
                        line -> assertThat(line).isEqualTo("Release v2 created by user U"));
        assertThat(dyno.run("echo $A").out()).isEqualTo("1\n");
    }

    @Test
    void whatWasSetCountsAndTheOriginTellsOfBoth() throws Exception {
        dyno.write(".env", "A=env\nB=env\n");
        dyno.run("true");
        dyno.call("config:set", "B=set", "C=set");

        dyno.says(
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
        dyno.says(
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
        dyno.says(0, "\n", "", "config:get", "OK");
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
