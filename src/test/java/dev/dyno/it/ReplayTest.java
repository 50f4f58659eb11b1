package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyno replay}: a recorded session on a terminal, in a pipe, as text and as a page. */
final class ReplayTest {
    private final Dyno dyno;
    private final ScriptedTerminal terminal;
    private final Path root;

    ReplayTest(@TempDir Path root) throws Exception {
        this.root = root;
        dyno = new Dyno(root);
        terminal = new ScriptedTerminal(dyno, 33, 101);
    }

    @BeforeEach
    void anApp() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    @AfterEach
    void close() {
        terminal.close();
        dyno.awaitEnd();
    }

    @Test
    void itPlaysInRealTimeOrFaster() throws Exception {
        String run = record("echo begun; sleep 1.2; echo e''nd");
        long real = play(run);
        long fast = play(run, "--speed", "100");
        long cut = play(run, "--max-wait", "0.1");
        assertThat(real - fast).isGreaterThan(700);
        assertThat(real - cut).isGreaterThan(700);
    }

    /** How many milliseconds it takes. */
    private long play(String run, String... flags) throws Exception {
        String[] words =
                Stream.concat(Stream.of("replay", run), Stream.of(flags)).toArray(String[]::new);
        long began = System.nanoTime();
        Dyno.Result result = dyno.call(words);
        assertThat(result.out()).isEqualTo("begun\r\nend\r\n");
        assertThat(result.err()).isEmpty();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Test
    void onATerminalItCanBePausedSteppedAndEndedAndTheTerminalIsAsBefore() throws Exception {
        String run =
                record(
                        "printf 'first\\033[?25l\\033[?1049h\\n'; sleep 1; echo second; sleep 1;"
                                + " echo third; sleep 1; echo fourth");
        String before = terminal.shell("stty -a");
        terminal.line("$DYNO replay " + run + " --speed 0.01");
        terminal.awaitText("first");
        terminal.type(" .");
        terminal.awaitText("second");
        terminal.type(".");
        terminal.awaitText("third");
        terminal.type("\033[Aq");
        terminal.awaitText(ScriptedTerminal.PROMPT);
        assertThat(terminal.shown()).contains("\033[?25h", "\033[?1049l");
        assertThat(terminal.shell("echo $?")).isEqualTo("0\r\n");
        assertThat(terminal.shell("stty -a")).isEqualTo(before);

        terminal.line("$DYNO replay " + run + " --speed 0.01");
        terminal.awaitText("first");
        terminal.type("\003");
        terminal.awaitText(ScriptedTerminal.PROMPT);
        assertThat(terminal.shell("stty -a")).isEqualTo(before);

        terminal.line("$DYNO replay " + run + " --speed 0.01 & sleep 0.1; fg");
        terminal.awaitText("first");
        dyno.prepare("kill $(pgrep -f '[d]ev.dyno.cli.Main replay " + run + "')");
        terminal.awaitText(ScriptedTerminal.PROMPT);
        assertThat(terminal.shell("stty -a")).isEqualTo(before);
    }

    @Test
    void theTextItLeftIsWhatStoodOnTheScreenAndAboveIt() throws Exception {
        String run =
                record(
                        "seq 1 50; printf 'over\\rO\\n\\033[31mred\\033[0m 日本\\n%120s|\\n' wide;"
                                + " printf '\\033]0;title\\007\\202'");
        Dyno.Result dump = dyno.call("replay", run, "--dump");
        assertThat(dump.out())
                .startsWith("1\n2\n3\n")
                .endsWith("50\nOver\nred 日本\n" + " ".repeat(116) + "wide|\n\ufffd\n");
        assertThat(dump.out().lines()).hasSize(54);
    }

    @Test
    void aSessionInVimAndLessLeavesTheirScreensBehind() throws Exception {
        Assumptions.assumeTrue(
                terminal.shell("command -v vim less | wc -l").contains("2"), "no vim or less");
        terminal.line("$DYNO run --record bash");
        terminal.awaitText("up, run.");
        terminal.awaitText("~ $ ");
        terminal.line("seq 1 500 | less; echo le''ss is over");
        terminal.awaitText("\r\n32");
        terminal.type("G");
        terminal.awaitText("500");
        terminal.type("q");
        terminal.awaitText("less is over\r\n");
        terminal.line("vim -u NONE -c 'set nocp' note; echo vi''m is over");
        terminal.awaitText("[New");
        terminal.type("iwritten\033");
        terminal.type(":wq\r");
        terminal.awaitText("vim is over\r\n");
        terminal.line("cat note; exit");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        String text = dyno.call("replay", last(), "--dump").out();
        assertThat(text).contains("less is over\n", "vim is over\n", "written\nexit\n");
        assertThat(text).doesNotContain("\n499\n", "[New", "\033");
    }

    @Test
    void aLargerWindowIsToldOfInOneLine() throws Exception {
        String run = record("echo shown");
        terminal.resize(20, 60);
        String shown = terminal.shell("$DYNO replay " + run);
        assertThat(shown)
                .contains("it was recorded in a window of 101 x 33, and this one has 60 x 20\r\n")
                .contains("shown");
    }

    @Test
    void whatAKilledDynoHadRecordedIsPlayed() throws Exception {
        terminal.line("$DYNO run --record 'echo l\"\"ast; sleep 1; echo by\"\"e; exec sleep 300'");
        terminal.awaitText("bye");
        String name = last();
        // Played while it runs, too: what has come to the disk.
        assertThat(dyno.call("replay", name, "--dump").out()).startsWith("last\n");
        dyno.prepare("kill -9 $(pgrep -f '[d]ev.dyno.cli.Main run --record echo l')");
        terminal.awaitText(ScriptedTerminal.PROMPT);
        assertThat(dyno.call("replay", name, "--dump").out()).startsWith("last\n");
    }

    @Test
    void whatWasNotRecordedIsSaid() throws Exception {
        dyno.run("true");
        String name = last();
        Dyno.Result none = dyno.call("replay", name);
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains(name + " was not recorded", "run --record");
        assertThat(dyno.call("replay", "run.1").err()).contains("Couldn't find that dyno.");
        assertThat(dyno.call("replay", name, "--speed", "0").err()).contains("--speed is '0'");
        assertThat(dyno.call("replay", name, "--dump", "--html", "x").status()).isEqualTo(2);
    }

    @Test
    void aPageIsNotWrittenOverAFile() throws Exception {
        String run = record("echo shown");
        dyno.write("page.html", "mine");
        Dyno.Result refused = dyno.call("replay", run, "--html", "page.html");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("there is a file page.html already", "--force");
        assertThat(Files.readString(dyno.app().resolve("page.html"))).isEqualTo("mine");
        assertThat(dyno.call("replay", run, "--html", "none/page.html").err())
                .contains("cannot write none/page.html");

        assertThat(dyno.call("replay", run, "--html", "page.html", "--force").status()).isZero();
        assertThat(Files.readString(dyno.app().resolve("page.html"))).startsWith("<!DOCTYPE html>");
        try (Stream<Path> files = Files.list(dyno.app())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Procfile", "page.html");
        }
    }

    @Test
    void aBrowserWithoutANetworkShowsThePagesLastFrame() throws Exception {
        String browser =
                terminal.shell(
                                "command -v chromium-headless-shell chromium chromium-browser google-chrome || echo none")
                        .lines()
                        .findFirst()
                        .orElse("none");
        Assumptions.assumeTrue(browser.startsWith("/"), "no browser");
        Assumptions.assumeTrue(
                new ProcessBuilder("unshare", "-rn", "true").start().waitFor() == 0, "no unshare");
        String run =
                record(
                        "echo '</script><script>document.title=\"broken out\"</script><!--';"
                                + " echo \"$((6 * 7)) at the end\"");
        assertThat(dyno.call("replay", run, "--html", "page.html").status()).isZero();

        Process chromium =
                new ProcessBuilder(
                                "unshare",
                                "-rn",
                                browser,
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--user-data-dir=" + root.resolve("browser"),
                                "--virtual-time-budget=5000",
                                "--dump-dom",
                                dyno.app().resolve("page.html").toUri().toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String dom =
                new String(
                        chromium.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String player =
                dom.substring(dom.indexOf("<div id=\"player\">"), dom.indexOf("id=\"recording\""));
        assertThat(player).contains("42 at the end", "&lt;/script&gt;&lt;script&gt;document");
        assertThat(dom).contains("<title>" + run + " of app</title>");
    }

    /** Records a shell line to its end; returns the one-off's name. */
    private String record(String line) throws Exception {
        terminal.shell("$DYNO run --record " + quote(line));
        return last();
    }

    private static String quote(String line) {
        return "'" + line.replace("'", "'\\''") + "'";
    }

    /** The one-off that wrote its log last. */
    private String last() throws IOException {
        try (Stream<Path> logs =
                Files.find(
                        dyno.home(),
                        9,
                        (file, _) -> file.getFileName().toString().matches("run\\..*\\.log"))) {
            return logs.max((one, other) ->
                            Long.compare(
                                    one.toFile().lastModified(), other.toFile().lastModified()))
                    .orElseThrow()
                    .getFileName()
                    .toString()
                    .replace(".log", "");
        }
    }
}
