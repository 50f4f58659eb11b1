package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One-offs nobody is attached to: {@code run:detached}, and what is known of them afterwards. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class DetachedTest {
    private static final String FOREVER = "while :; do sleep 0.1; done";
    private static final String DEAF = "trap '' TERM HUP; echo deaf; " + FOREVER;

    private final Dyno dyno;

    DetachedTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        dyno.awaitEnd();
        assertThat(dyno.call("ps").out()).isEqualTo("No dynos on app\n");
        assertThat(dyno.sandboxes()).isEmpty();
    }

    /** Returns its name. */
    private String detach(Map<String, String> environment, String command) throws Exception {
        Result result = dyno.call(environment, new byte[0], "run:detached", command);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.err().strip().replaceFirst(".*done, ", "");
    }

    private int end(String name) throws Exception {
        return dyno.call("ps:wait", name).status();
    }

    @Test
    void theCommandReturnsOnceTheDynoIsUpAndTheLogHasTheRest() throws Exception {
        Result result =
                dyno.call("run:detached", "cat; echo out; sleep 0.2; printf last >&2; exit 3");
        String name = result.err().strip().replaceFirst(".*done, ", "");

        assertThat(result.err())
                .isEqualTo(
                        "Running cat; echo out; sleep 0.2; printf last >&2; exit 3 on app... done, "
                                + name
                                + "\n");
        assertThat(result.out())
                .isEqualTo("Run dyno logs --app app --dyno " + name + " to view the output.\n\n");
        assertThat(end(name)).isEqualTo(3);
        assertThat(log(name))
                .containsExactly(
                        "heroku: Starting process with command `cat; echo out; sleep 0.2; printf"
                                + " last >&2; exit 3`",
                        "heroku: State changed from starting to up",
                        "app: out",
                        "app: last",
                        "heroku: Process exited with status 3",
                        "heroku: State changed from up to complete");
    }

    @Test
    void notALineOfItsOutputIsLost() throws Exception {
        String name = detach(Map.of(), "seq 1 30000; printf 'no end'");

        assertThat(end(name)).isZero();
        List<String> lines =
                dyno.call("logs", "-n", "40000", "-s", "app", "-d", name)
                        .out()
                        .lines()
                        .map(line -> line.replaceFirst("^.*?]: ", ""))
                        .toList();
        assertThat(lines)
                .isEqualTo(
                        Stream.concat(
                                        IntStream.rangeClosed(1, 30_000).mapToObj(i -> "" + i),
                                        Stream.of("no end"))
                                .toList());
    }

    @Test
    void itOutlivesItsWindow() throws Exception {
        String name;
        try (var window = new ScriptedTerminal(dyno, 24, 100)) {
            window.line(
                    "$DYNO run:detached 'trap \"echo hup\" HUP; [ -t 0 ] || [ -t 1 ] || echo none;"
                            + " until [ -e gone ]; do sleep 0.1; done; echo survived; exit 6'");
            window.awaitText("done, ");
            name = window.awaitText("\r\n");
            window.awaitText(ScriptedTerminal.PROMPT);
        }
        dyno.prepare("kill -HUP " + supervisor(name));
        dyno.call("run:inside", name, "touch gone");

        assertThat(end(name)).isEqualTo(6);
        assertThat(log(name)).contains("app: none", "app: survived").doesNotContain("app: hup");
    }

    @Test
    void tailShowsTheLogAndEndsWithTheDynosStatus() throws Exception {
        Result tail = dyno.call("run:detached", "-t", "echo one; sleep 0.3; echo two; exit 4");

        assertThat(tail.status()).isEqualTo(4);
        assertThat(tail.out().lines().map(DetachedTest::withoutTime).toList())
                .containsSubsequence(
                        "heroku: State changed from starting to up",
                        "app: one",
                        "app: two",
                        "heroku: Process exited with status 4",
                        "heroku: State changed from up to complete");
    }

    @Test
    void anInterruptEndsTheTailOnly() throws Exception {
        Process tail = dyno.start(Map.of(), "run:detached", "--tail", "echo begun; " + FOREVER);
        try (var lines = tail.inputReader()) {
            String line;
            do {
                line = lines.readLine();
            } while (line != null && !line.endsWith("begun"));
            dyno.prepare("kill -INT " + tail.pid());
            assertThat(tail.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tail.exitValue()).isEqualTo(130);
        String name = dyno.call("ps").out().replaceFirst("(?s).*(run\\.\\d+) .*", "$1");
        dyno.call("ps:stop", "-d", name);
        assertThat(end(name)).isEqualTo(143);
    }

    @Test
    void itIsStoppedAsAnyOther() throws Exception {
        String heard = detach(Map.of(), "trap 'exit 9' TERM; " + FOREVER);
        String deaf = detach(Map.of("DYNO_GRACE", "1"), DEAF);

        dyno.call("ps:stop", "-p", "run");

        assertThat(end(heard)).isEqualTo(9);
        assertThat(end(deaf)).isEqualTo(137);
        assertThat(log(deaf))
                .contains(
                        "heroku: Error R12 (Exit timeout) -> At least one process failed to exit"
                                + " within 1 seconds of SIGTERM",
                        "heroku: Process exited with status 137");
    }

    @Test
    void killedItHasStatus137AndLeavesNothing() throws Exception {
        String name = detach(Map.of(), DEAF);
        dyno.prepare("kill -9 " + supervisor(name));

        assertThat(end(name)).isEqualTo(137);
        assertThat(log(name)).endsWith("heroku: State changed from up to complete");
        assertThat(dyno.call("runs:info", name).out()).contains("137 (signal 9)\n");
    }

    @ParameterizedTest
    @CsvSource({"-s,huge,No such size", "-a,/nonexistent,find that app", "--type,a b,process type"})
    void whatKeepsItFromStartingIsToldByTheCommandItself(String flag, String value, String error)
            throws Exception {
        Result result = dyno.call("run:detached", flag, value, "true");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains(error).doesNotContain("done");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anErrorInTheProcfileIsToldByTheCommandItself() throws Exception {
        dyno.write("Procfile", "web\n");
        Result result = dyno.call("run:detached", "true");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("Procfile:1: no \":\"");
    }

    @Test
    void theEndOfAnAttachedOneOffIsWaitedForToo() throws Exception {
        try (OneOff there =
                        OneOff.start(
                                dyno, Map.of(), "until [ -e end ]; do sleep 0.1; done; exit 5");
                OneOff waiting =
                        OneOff.start(
                                dyno, Map.of(), "run:inside", there.name(), "echo x; touch end")) {
            Result end = dyno.call("ps:wait", there.name());

            assertThat(waiting.status()).isIn(0, 137);
            assertThat(end.status()).isEqualTo(5);
            assertThat(dyno.call("ps:wait", there.name()).toString())
                    .isEqualTo("status 5\nout: \nerr: ");
            assertThat(dyno.call("runs:info", there.name(), "--json").out())
                    .contains("\"name\": \"" + there.name() + "\"", "\"status\": 5");
        }
    }

    @Test
    void aOneOffThatNeverWasIsNotWaitedFor() throws Exception {
        for (String command : List.of("ps:wait", "runs:info")) {
            Result result = dyno.call(command, "run.1");
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).startsWith(" ›   Error: Couldn't find that dyno.\n");
        }
        assertThat(dyno.call("runs:info").status()).isEqualTo(2);
    }

    @Test
    void theLastHundredAreRemembered() throws Exception {
        dyno.run("true");
        Path runs = runs();
        for (int i = 1; i <= 120; i++) {
            Path old = Files.writeString(runs.resolve("run." + i), "id=x\n");
            Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(i));
        }
        dyno.call("ps");

        try (Stream<Path> left = Files.list(runs)) {
            assertThat(left).hasSize(100).doesNotContain(runs.resolve("run.21"));
        }
    }

    private Path runs() throws IOException {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.findFirst().orElseThrow().resolve("runs");
        }
    }

    private String supervisor(String name) throws IOException {
        Path record = runs().resolveSibling("dynos/" + name + "/dyno");
        return Files.readAllLines(record).stream()
                .filter(line -> line.startsWith("pid="))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    private List<String> log(String name) throws Exception {
        return dyno.call("logs", "-d", name).out().lines().map(DetachedTest::withoutTime).toList();
    }

    /** {@code app: text}. */
    private static String withoutTime(String line) {
        return line.replaceFirst("^\\S+ (\\w+)\\[.*?]: ", "$1: ");
    }
}
