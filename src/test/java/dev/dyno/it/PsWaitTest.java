package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyno ps:wait}. */
@Timeout(60)
final class PsWaitTest {
    private final Dyno dyno;

    PsWaitTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    /** A dyno of the app as it is now, which runs until its stdin ends. */
    private Process dyno(String type) throws Exception {
        Process process = dyno.start(Map.of(), "run", "--type", type, "echo up; read x");
        assertThat(process.inputReader().readLine()).isEqualTo("up");
        return process;
    }

    private void release(String content) throws Exception {
        dyno.write("file", content);
        assertThat(dyno.run("true").status()).isZero();
    }

    private static void end(Process dyno) throws Exception {
        dyno.getOutputStream().close();
        dyno.waitFor();
    }

    private static void assertSilent(Result wait) {
        assertThat(wait.err()).isEmpty();
        assertThat(wait.out()).isEmpty();
        assertThat(wait.status()).isZero();
    }

    @Test
    void isSilentWhereEveryDynoIsOfTheNewestRelease() throws Exception {
        release("1");
        assertSilent(dyno.call("ps:wait"));
        Process web = dyno("web");
        assertSilent(dyno.call("ps:wait", "-t", "web", "-w", "10"));
        end(web);
    }

    @Test
    void anAppWithoutReleasesIsNotWaitedFor() throws Exception {
        Result wait = dyno.call("ps:wait");
        assertThat(wait.err()).isEqualTo(" ›   Warning: App app has no releases\n");
        assertThat(wait.status()).isZero();
    }

    @Test
    void waitsForOneOffsOnlyIfAskedAndForNoOtherType() throws Exception {
        Process run = dyno("run");
        Process worker = dyno("worker");
        Process phase = dyno("release");
        release("2");

        assertSilent(dyno.call("ps:wait", "-t", "web"));
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("$DYNO ps:wait -R");
            terminal.awaitText("0 / 2");
            end(worker);
            terminal.awaitText("0 / 1");
            end(run);
            terminal.awaitText("0 / 0, done\r\n");
        }
        end(phase);
    }

    @Test
    void withoutATerminalItSaysOneLineAtTheEnd() throws Exception {
        Process web = dyno("web");
        release("2");
        Process wait = dyno.start(Map.of(), "ps:wait");
        awaitWatching(wait);
        dyno.call("ps"); // in whose time it has looked at the roster too

        end(web);

        assertThat(wait.errorReader().lines())
                .containsExactly("Waiting for every dyno to be running v2... 0 / 0, done");
        assertThat(wait.waitFor()).isZero();
    }

    @Test
    void aDynoThatIsKilledIsNotWaitedForAnyMore() throws Exception {
        Process web = dyno("web");
        release("2");
        Process wait = dyno.start(Map.of(), "ps:wait");
        awaitWatching(wait);

        web.destroyForcibly().waitFor();

        assertThat(wait.waitFor()).isZero();
    }

    @Test
    void onATerminalItTellsHowFarItIsUntilCtrlC() throws Exception {
        Process old = dyno("web");
        release("2");
        Process fresh = dyno("web");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line("$DYNO ps:wait");
            terminal.awaitText("Waiting for every dyno to be running v2... 1 / 2");
            terminal.type("\u0003");
            terminal.awaitText("... !\r\n");
            terminal.awaitText(ScriptedTerminal.PROMPT);
            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");

            terminal.line("$DYNO ps:wait");
            terminal.awaitText("Waiting for every dyno to be running v2... 1 / 2");
            end(old);
            terminal.awaitText("Waiting for every dyno to be running v2... 1 / 1, done\r\n");
        }
        end(fresh);
    }

    @Test
    void wrongFlagsAreToldInHerokusWords() throws Exception {
        for (String interval : new String[] {"5", "x"}) {
            Result result = dyno.call("ps:wait", "-w", interval);
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo(
                            """
                             ›   Error: Parsing --wait-interval\s
                             ›   \twait-interval must be at least 10
                             ›   See more help with --help
                            """);
        }
        Result both = dyno.call("ps:wait", "-R", "-t", "web");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err())
                .contains("--with-run=true cannot also be provided when using --type");
    }

    /** Until it has been told by the kernel's watch, which it begins before it looks. */
    static void awaitWatching(Process wait) throws IOException {
        Path descriptors = Path.of("/proc/" + wait.pid() + "/fd");
        while (true) {
            try (Stream<Path> all = Files.list(descriptors)) {
                if (all.anyMatch(PsWaitTest::isWatch)) {
                    return;
                }
            }
        }
    }

    private static boolean isWatch(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("inotify");
        } catch (IOException e) {
            return false;
        }
    }
}
