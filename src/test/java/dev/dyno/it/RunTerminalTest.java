package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dyno run} at a terminal, as a job of the user's shell. */
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class RunTerminalTest {
    private static final String INSIDE = "~ $ ";

    private final Dyno dyno;
    private final ScriptedTerminal terminal;

    RunTerminalTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
        terminal = new ScriptedTerminal(dyno, 33, 101);
    }

    @AfterEach
    void close() throws Exception {
        terminal.close();
        dyno.awaitEnd();
    }

    @Test
    void aShellHasHerokusPromptAndTheTerminalsSize() throws Exception {
        bash();
        terminal.line("stty size");
        terminal.awaitText("33 101\r\n");
    }

    @Test
    void aNewSizeArrives() throws Exception {
        bash();
        terminal.line("trap 'echo now $(stty size)' WINCH; echo set''ted");
        terminal.awaitText("setted");
        terminal.awaitText(INSIDE);
        terminal.resize(20, 70);
        terminal.line("");
        terminal.awaitText("now 20 70");
    }

    @Test
    void theKeysForSignalsAreTheProgramsInside() throws Exception {
        // perl, since a shell that is stopped while it forks is not stopped, and bash knows no
        // quit.
        bash();
        // Said by the job itself, so that the key finds it in the foreground.
        terminal.line("sh -c 'echo be\"\"gun; exec sleep 300'");
        terminal.awaitText("begun\r\n");
        terminal.type("\003");
        terminal.awaitText(INSIDE);
        terminal.line(
                "echo status $?; perl -e '$| = 1; print q(ti), qq(ck\\n) while not select undef, undef, undef, 0.1'");
        terminal.awaitText("status 130");
        terminal.awaitText("tick\r\n");
        terminal.type("\032");
        terminal.awaitText("Stopped");
        terminal.awaitText(INSIDE);
        terminal.line("fg");
        terminal.awaitText("tick\r\n");
        terminal.type("\034");
        terminal.awaitText(INSIDE);
        terminal.line("echo status $?");
        terminal.awaitText("status 131");
    }

    @Test
    void theEndKeyEndsTheShellAndTheTerminalIsAsBefore() throws Exception {
        String before = terminal.shell("stty -a");
        bash();
        terminal.line("(exit 9)");
        terminal.awaitText(INSIDE);
        terminal.type("\004");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        assertThat(terminal.shell("echo $?")).isEqualTo("9\r\n");
        assertThat(terminal.shell("stty -a")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130", "KILL, 137"})
    void aKilledDynoLeavesTheTerminalAsItWas(String signal, int status) throws Exception {
        String before = terminal.shell("stty -a");
        bash();

        kill(signal);
        terminal.awaitText(ScriptedTerminal.PROMPT);

        assertThat(terminal.shell("echo $?")).isEqualTo(status + "\r\n");
        terminal.shell(
                "for i in {1..50}; do stty -a | grep -q ' icanon' && break;"
                        + " read -t 0.1 < <(:); done");
        assertThat(terminal.shell("stty -a")).isEqualTo(before);
        assertThat(dyno.call("ps").out()).isEqualTo("No dynos on app\n");
        assertThat(dyno.sandboxes()).isEmpty();
        assertThat(dyno.call("logs").out()).contains("Process exited with status ");
    }

    @Test
    void aBurstOfOutputComesWholeBeforeTheEnd() throws Exception {
        terminal.line("$DYNO run 'head -c 3000000 /dev/zero | tr \"\\0\" x; echo E''ND'");
        terminal.awaitText("up, run.");
        String burst = terminal.awaitText("END");

        assertThat(burst.chars().filter(c -> c == 'x').count()).isEqualTo(3_000_000);
    }

    @Test
    void aProcessThatHoldsTheTerminalDoesNotHoldDyno() throws Exception {
        terminal.line("$DYNO run 'sleep 300 & echo do''ne; exit 5'");
        terminal.awaitText("done\r\n");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        assertThat(terminal.shell("echo $?")).isEqualTo("5\r\n");
    }

    @Test
    void aLongPasteArrivesWhole() throws Exception {
        terminal.line("$DYNO run 'stty raw -echo; echo ${READY:-ready}; head -c 300000 | wc -c'");
        terminal.awaitText("up, run.");
        terminal.awaitText("ready");
        terminal.type("p".repeat(300_000));
        terminal.awaitText("300000");
        terminal.awaitText(ScriptedTerminal.PROMPT);
    }

    private void bash() throws IOException {
        terminal.line("$DYNO run bash");
        terminal.awaitText("up, run.");
        terminal.awaitText(INSIDE);
    }

    /** Sends the signal to the JVM that has this test's state directory. */
    private void kill(String signal) throws Exception {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            long pid =
                    all.mapToLong(ProcessHandle::pid)
                            .filter(this::isDyno)
                            .findFirst()
                            .orElseThrow();
            dyno.prepare("kill -" + signal + " " + pid);
        }
    }

    private boolean isDyno(long pid) {
        try {
            Path process = Path.of("/proc/" + pid);
            return Files.readString(process.resolve("cmdline")).contains("dev.dyno.cli.Main")
                    && Files.readString(process.resolve("environ"))
                            .contains("DYNO_HOME=" + dyno.home());
        } catch (IOException e) {
            return false;
        }
    }
}
