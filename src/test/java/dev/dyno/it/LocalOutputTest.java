package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dyno local} makes of what its dynos write. */
@Timeout(60)
final class LocalOutputTest {
    private final Dyno dyno;

    LocalOutputTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    /** What a formation of one dyno prints until that ends. */
    private Result once(String command, String... words) throws Exception {
        Local.app(dyno, "worker: " + command + "\n");
        var all = new java.util.ArrayList<>(List.of("--once"));
        all.addAll(List.of(words));
        return Local.call(dyno, all.toArray(String[]::new));
    }

    private static List<String> timeless(String text) {
        return text.replaceAll("(?m)^\\d{1,2}:\\d\\d:\\d\\d [AP]M", "TIME").lines().toList();
    }

    @Test
    void looksAsHerokuLocalDoes() throws Exception {
        Local.app(
                dyno,
                """
                web: echo web $PORT $FOO; echo; exec sleep 300
                worker: trap 'exit 0' TERM; echo worker $PORT; sleep 300 & wait
                """);
        dyno.write(".env", "FOO=bar\n");
        int port = Local.freePorts();
        try (var local = new Local(dyno, Map.of(), "local", "-p", Integer.toString(port))) {
            local.await(" |  \n", " worker ");
            local.signal("INT");

            assertThat(local.status()).isEqualTo(130);
            List<String> out = timeless(local.out());
            assertThat(out)
                    .startsWith("[OKAY] Loaded ENV .env File as KEY=VALUE Format")
                    .endsWith(
                            "[DONE] Killing all processes with signal  SIGTERM",
                            "TIME worker.1 Exited Successfully")
                    .containsSubsequence(
                            "TIME web.1    |  web " + port + " bar", "TIME web.1    |  ")
                    .contains("TIME worker.1 |  worker " + (port + 100))
                    .hasSize(6);
            assertThat(timeless(local.err()))
                    .containsExactly(
                            "[WARN] Interrupted by User",
                            "TIME web.1    Exited with exit code SIGTERM");
        }
    }

    @Test
    void inHerokusFormatItPrintsTheLog() throws Exception {
        Result result = once("echo 'a  b'; echo Error R99; exit 3", "--format=heroku");

        assertThat(result.out()).isEqualTo(dyno.call("logs", "-d", "worker.1").out());
        assertThat(result.out()).contains(" app[worker.1]: a  b\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(3);
    }

    @Test
    void inJsonEachLineIsAnObjectThatTellsTheStream() throws Exception {
        String streams = "echo 'say \"hi\"'; echo a\\\\b >&2; exit 3";
        Result result = once(streams, "--format=json", "--no-tty");

        assertThat(result.out().replaceAll("\"time\":\"[-0-9]{10}T[:.0-9]{15}Z\"", "T").lines())
                .containsExactlyInAnyOrder(
                        line("heroku", "", "State changed from down to starting"),
                        line(
                                "heroku",
                                "",
                                "Starting process with command `" + escaped(streams) + "`"),
                        line("heroku", "", "State changed from starting to up"),
                        line("app", "\"stream\":\"stdout\",", "say \\\"hi\\\""),
                        line("app", "\"stream\":\"stderr\",", "a\\\\b"),
                        line("heroku", "", "Process exited with status 3"),
                        line("heroku", "", "State changed from up to crashed"),
                        line("heroku", "", "State changed from crashed to down"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String line(String source, String stream, String message) {
        return "{T,\"source\":\"%s\",\"dyno\":\"worker.1\",%s\"message\":\"%s\"}"
                .formatted(source, stream, message);
    }

    @Test
    void aLastLineWithoutItsEndIsOneToo() throws Exception {
        assertThat(once("printf 'one\\ntwo'", "--format=raw").out()).isEqualTo("one\ntwo\n");
    }

    @Test
    void noneOfManyLinesWrittenAtOnceIsMissingOnStdoutOrInTheLog() throws Exception {
        String lines = lines(IntStream.rangeClosed(1, 100_000));

        assertThat(once("seq 100000", "--format=raw").out().equals(lines)).isTrue();
        String log = dyno.call("logs", "-n", "200000", "-d", "worker.1", "-s", "app").out();
        assertThat(log.replaceAll("(?m)^\\S+ app\\[worker.1]: ", "").equals(lines)).isTrue();
    }

    private static String lines(IntStream numbers) {
        var lines = new StringBuilder();
        numbers.forEach(i -> lines.append(i).append('\n'));
        return lines.toString();
    }

    @Test
    void theLinesOfTenWritersAreNeverMixed() throws Exception {
        Local.app(dyno, "worker: perl many.pl; echo over; sleep 300\n");
        dyno.write("many.pl", "print qq($ENV{DYNO} $_ ), 'x' x ($_ % 90), qq( end\\n) for 1..500;");
        try (var local =
                new Local(
                        dyno,
                        Map.of(),
                        "local",
                        "--format=json",
                        "worker=10",
                        "-p",
                        Integer.toString(Local.freePorts()))) {
            String[] ends =
                    IntStream.rangeClosed(1, 10)
                            .mapToObj(i -> "\"worker." + i + "\",\"message\":\"over\"}\n")
                            .toArray(String[]::new);
            local.await(ends);
            local.stop();
            for (int i = 1; i <= 10; i++) {
                String name = "worker." + i;
                String start = "\"dyno\":\"" + name + "\",\"message\":\"" + name + " ";
                assertThat(local.out().lines().filter(line -> line.contains(start)))
                        .map(line -> line.substring(line.indexOf(start) + start.length()))
                        .isEqualTo(
                                IntStream.rangeClosed(1, 500)
                                        .mapToObj(j -> j + " " + "x".repeat(j % 90) + " end\"}")
                                        .toList());
            }
            assertThat(local.out().lines().filter(line -> line.contains(" end\"}"))).hasSize(5000);
        }
    }

    @Test
    void bytesThatAreNoTextComeAsTheyAre() throws Exception {
        Result result = once("printf '\\377\\376\\0 \\303\\n\\033[1mx\\r\\n'", "--format=raw");

        assertThat(result.bytes())
                .isEqualTo(
                        "\u00ff\u00fe\0 \u00c3\n\u001b[1mx\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aLineOfAMegabyteBecomesLinesOfTenThousand() throws Exception {
        Result result = once("head -c 1000005 /dev/zero | tr '\\0' x; echo", "--format=raw");

        assertThat(result.out().lines().map(String::length))
                .hasSize(101)
                .startsWith(10_000)
                .endsWith(5);
        assertThat(result.out().replace("x", "")).isEqualTo("\n".repeat(101));
        assertThat(result.bytes()).hasSize(1_000_005 + 101);
    }

    @Test
    void aProgramSeesATerminalUnlessItIsNotWanted() throws Exception {
        String look = "for i in 0 1 2; do [ -t $i ] && echo terminal || echo pipe; done";

        assertThat(once(look, "--format=raw").out()).isEqualTo("terminal\n".repeat(3));
        assertThat(once(look, "--format=raw", "--no-tty").out()).isEqualTo("pipe\n".repeat(3));
    }

    @Test
    void coloursAreForTerminals() throws Exception {
        assertThat(once("echo plain").out())
                .contains(" worker.1 |  plain\n")
                .doesNotContain("\u001b");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.shell("$DYNO local --once -p " + Local.freePorts());

            assertThat(terminal.shown())
                    .containsPattern(
                            "\u001b\\[35m\\d+:\\d\\d:\\d\\d [AP]M worker.1 \\| \u001b\\[39m plain\r\n");
        }
    }

    @Test
    void aReaderThatLeavesEndsIt() throws Exception {
        Local.app(dyno, "worker: while echo line; do :; done\n");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            String out =
                    terminal.shell(
                            "$DYNO local --format=raw -p "
                                    + Local.freePorts()
                                    + " 2>/dev/null | head -1; echo ${PIPESTATUS[0]}");

            assertThat(out).isEqualTo("line\r\n141\r\n");
        }
        dyno.awaitEnd();
        assertThat(dyno.sandboxes()).isEmpty();
        assertThat(Local.log(dyno, "-s", "heroku"))
                .endsWith(
                        "heroku[worker.1]: State changed from up to down",
                        "heroku[worker.1]: Stopping all processes with SIGTERM",
                        "heroku[worker.1]: Process exited with status 143");
    }
}
