package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command's answer to what is wrong: Heroku's shape and status, and what to do. */
class ErrorsTest {
    private static final String MORE = " ›   See more help with --help\n";

    @TempDir Path directory = Path.of("");

    @BeforeEach
    void makeTheApp() throws IOException {
        Files.createDirectories(directory.resolve("app"));
        Files.writeString(directory.resolve("app/Procfile"), "web: sleep 60\n");
    }

    @Test
    void anUnknownFlagIsNamed() {
        for (String name : Commands.NAMES) {
            if (takesAnyFlag(name)) {
                continue; // of the program that is to be run
            }
            assertThat(Call.in(directory, name, "--nonesuch"))
                    .as(name)
                    .isEqualTo(
                            new Call(2, "", " ›   Error: Nonexistent flag: --nonesuch\n" + MORE));
        }
    }

    @Test
    void aFlagWithoutItsValueIsNamed() {
        for (String name : Commands.NAMES) {
            for (OptionSpec option : spec(name).options()) {
                if (option.arity().max() == 0 || option.hidden()) {
                    continue;
                }
                for (String flag : option.names()) {
                    assertThat(Call.in(directory, name, flag))
                            .as(name + " " + flag)
                            .isEqualTo(
                                    new Call(
                                            2,
                                            "",
                                            " ›   Error: Flag "
                                                    + option.longestName()
                                                    + " expects a value\n"
                                                    + MORE));
                }
            }
        }
    }

    @Test
    void anUnknownAppIsSaidToBeNoneWithWhatWasLookedFor() {
        var asked = new ArrayList<String>();
        for (String name : Commands.NAMES) {
            if (spec(name).findOption("--app") == null || takesAnyFlag(name)) {
                continue; // run and its like take over signals; their own tests ask them
            }
            // Without it they would say so first.
            List<String> needed =
                    switch (name) {
                        case "config:set", "config:get", "config:unset", "apps:rename" ->
                                List.of("A=1");
                        case "diff",
                                "export",
                                "replay",
                                "rerun",
                                "runs:apply",
                                "runs:info",
                                "runs:rm" ->
                                List.of("run.1000");
                        case "ps:copy", "import" -> List.of("file");
                        default -> List.of();
                    };
            var words = new ArrayList<String>(List.of("-a", "nonesuch"));
            words.addAll(needed);
            Call call = call(name, words.toArray(String[]::new));
            assertThat(call.err())
                    .as(name)
                    .contains(
                            " ›   Error: Couldn't find that app.\n ›   There is no directory "
                                    + directory.resolve("app/nonesuch")
                                    + ", and no app of that name was used before.\n"
                                    + " ›   Error ID: not_found\n");
            int errors = Objects.requireNonNull(Commands.named(name)).statusOfUserError();
            assertThat(call.status()).as(name).isEqualTo(Math.max(errors, 2));
            assertThat(call.out()).as(name).isEmpty();
            asked.add(name);
        }
        assertThat(asked).contains("ps", "ps:scale", "logs", "local");
    }

    @Test
    void warningsAreNotAmongTheResults() throws IOException {
        Files.writeString(directory.resolve("app/.env"), "A=1\nnothing\n");
        Files.createDirectories(directory.resolve("state/apps"));
        Files.writeString(directory.resolve("state/apps/foreign"), "");
        for (String name : Commands.NAMES) {
            if (takesAnyFlag(name) || name.equals("local") || name.equals("check")) {
                continue; // they would run something; check's result are the warnings
            }
            Call call = Call.in(directory, name);
            assertThat(call.out()).as(name).doesNotContain("Warning:", "Error:", "›");
        }
    }

    /** With the words a command cannot do without, which are never come to. */
    private Call call(String name, String... flags) {
        var words = new ArrayList<String>(List.of(name));
        words.addAll(List.of(flags));
        if (!Call.in(directory, words.toArray(String[]::new)).err().contains("that app")) {
            for (String each : List.of("--dyno-name", "web.1")) {
                if (spec(name).findOption("--dyno-name") != null) {
                    words.add(each);
                }
            }
            if (!words.contains("--dyno-name")) {
                words.addAll(List.of("A=1", "true"));
            }
        }
        return Call.in(directory, words.toArray(String[]::new));
    }

    private static boolean takesAnyFlag(String name) {
        List<String> arranged =
                Objects.requireNonNull(Commands.named(name))
                        .arrange(spec(name), List.of("--nonesuch"));
        return arranged.size() > 1; // set apart as the program's
    }

    private static CommandSpec spec(String name) {
        return Objects.requireNonNull(Commands.named(name)).spec();
    }
}
