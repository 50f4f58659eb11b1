package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages and completion scripts, against the descriptions that {@code --help} shows. */
class PapersTest {
    @TempDir Path share = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Papers.main(new String[] {share.toString(), "2026-11-23", "dyno", "heroku"});
    }

    @Test
    void everyCommandHasAPageWithAllItsFlags() throws IOException {
        String contents = Files.readString(share.resolve("man/man1/dyno.1"));
        for (String name : Commands.NAMES) {
            String page = Files.readString(share.resolve("man/man1/" + Manual.title(name) + ".1"));
            assertThat(contents).contains(".B " + name + "\n");
            for (OptionSpec option : visible(name)) {
                for (String flag : option.names()) {
                    assertThat(page).as(name).contains("\\fB" + flag.replace("-", "\\-") + "\\fR");
                }
            }
        }
    }

    @Test
    void groffHasNothingToSayAboutThePages() throws Exception {
        Assumptions.assumeTrue(runs("groff --version"), "skipped: groff is not installed");
        check("groff -ww -man -Tutf8 ");
    }

    @Test
    void mandocHasNothingToSayAboutThePages() throws Exception {
        Assumptions.assumeTrue(runs("mandoc -T utf8 </dev/null"), "skipped: no mandoc");
        check("mandoc -T lint -W warning ");
    }

    private void check(String command) throws Exception {
        try (var pages = Files.list(share.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                String quiet = command.contains("lint") ? "" : " 2>&1 >/dev/null";
                assertThat(output(command + page + quiet)).as(page.toString()).isEmpty();
            }
        }
    }

    @Test
    void theCompletionScriptOffersTheCommandsAndFlagsOfTheHelp() throws Exception {
        for (String program : List.of("dyno", "heroku")) {
            String script = share.resolve("bash-completion/completions/" + program).toString();
            String words = "source " + script + "; __" + program + "_words ";
            assertThat(first(output(words + "''"))).isEqualTo(Commands.NAMES);
            for (String name : Commands.NAMES) {
                assertThat(first(output(words + name + " --")))
                        .as(name)
                        .isEqualTo(visible(name).stream().map(OptionSpec::longestName).toList());
            }
            assertThat(share.resolve("zsh/site-functions/_" + program)).exists();
            assertThat(share.resolve("fish/vendor_completions.d/" + program + ".fish")).exists();
        }
    }

    private static List<OptionSpec> visible(String command) {
        return Objects.requireNonNull(Commands.named(command)).spec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
    }

    /** What stands before the tab in each line. */
    private static List<String> first(String lines) {
        var words = new ArrayList<String>();
        lines.lines().forEach(line -> words.add(line.replaceAll("\t.*", "")));
        return words;
    }

    private static boolean runs(String line) throws Exception {
        Process process =
                new ProcessBuilder("bash", "-c", line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor() == 0;
    }

    private static String output(String line) throws IOException {
        Process process = new ProcessBuilder("bash", "-c", line).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
