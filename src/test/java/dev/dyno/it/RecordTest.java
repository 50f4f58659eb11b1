package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.recording.Event;
import dev.dyno.recording.StrictCast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyno run --record}: what a terminal showed is in a file. */
final class RecordTest {
    private static final String INSIDE = "~ $ ";

    private final Dyno dyno;
    private final ScriptedTerminal terminal;

    RecordTest(@TempDir Path root) throws Exception {
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
    void aSessionIsRecordedWithItsSizesItsCharactersAndItsEnd() throws Exception {
        terminal.line("$DYNO run --record bash");
        terminal.awaitText("up, run.");
        terminal.awaitText(INSIDE);
        terminal.line("stty size; echo 'grüße'");
        terminal.awaitText("33 101\r\n");
        terminal.awaitText(INSIDE);
        terminal.resize(20, 70);
        terminal.line("until [ \"$(stty size)\" = '20 70' ]; do :; done; echo re''sized");
        terminal.awaitText("resized\r\n");
        terminal.awaitText(INSIDE);
        terminal.line("exit 7");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        StrictCast cast = StrictCast.read(recording());
        assertThat(cast.header())
                .containsEntry("version", "2")
                .containsEntry("width", "101")
                .containsEntry("height", "33")
                .containsEntry("command", "bash")
                .containsEntry("env.TERM", "xterm-256color")
                .containsOnlyKeys(
                        "version", "width", "height", "timestamp", "command", "title", "env.TERM");
        assertThat(cast.all('o')).contains("33 101\r\n", "grüße\r\n", "resized\r\n");
        assertThat(cast.all('r')).isEqualTo("70x20");
        assertThat(cast.all('i')).isEmpty();
        assertThat(cast.events().getLast()).extracting(Event::kind, Event::data).contains('x', "7");
        assertThat(Files.getPosixFilePermissions(recording())).hasSize(2); // rw-------
    }

    @Test
    void asciinemaPlaysIt() throws Exception {
        Assumptions.assumeTrue(
                terminal.shell("command -v asciinema || echo none").contains("/"), "no asciinema");
        terminal.line("$DYNO run --record 'echo \"$((6 * 7)) grüße\"; exit 3'");
        terminal.awaitText("42 ");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        String shown = terminal.shell("asciinema cat " + recording() + "; echo status $?");
        assertThat(shown).contains("42 gr", "status 0");
    }

    @Test
    void afterAKillTheFileIsWholeUpToTheLastSecond() throws Exception {
        terminal.line(
                "$DYNO run --record 'for ((i = 0; ; i++)); do echo tick $i.; sleep 0.01; done'");
        terminal.awaitText("up, run.");
        terminal.awaitText("tick 250.");
        killDyno();
        terminal.awaitText(ScriptedTerminal.PROMPT);

        StrictCast cast = StrictCast.read(recording());
        // A hundred of them take a second and more.
        assertThat(cast.all('o')).contains("tick 0.\r\n", "tick 150.\r\n");
        assertThat(cast.all('x')).isEmpty();
    }

    @Test
    void whatIsTypedIsRecordedButNotWhereItIsNotEchoed() throws Exception {
        terminal.line(
                "$DYNO run --record-input '(until stty -a </dev/tty | grep -q -e \"-echo \"; do :; done;"
                        + " echo hid\"\"den) & read -s x; echo \"[${#x}]\"; read y; echo \"[$y]\"'");
        terminal.awaitText("up, run.");
        terminal.awaitText("hidden");
        terminal.line("tops3cret");
        terminal.awaitText("[9]");
        terminal.line("open");
        terminal.awaitText("[open]");
        terminal.awaitText(ScriptedTerminal.PROMPT);

        StrictCast cast = StrictCast.read(recording());
        assertThat(cast.all('i')).isEqualTo("open\r");
        assertThat(Files.readString(recording())).doesNotContain("tops3cret");
    }

    @Test
    void withoutATerminalTheFlagIsAnErrorAndTheVariableNothing() throws Exception {
        Dyno.Result flagged = dyno.run("--record", "echo started");
        assertThat(flagged.status()).isEqualTo(125);
        assertThat(flagged.out()).isEmpty();
        assertThat(flagged.err()).contains("there is no terminal to record");

        Dyno.Result set = dyno.call(Map.of("DYNO_RECORD", "1"), new byte[0], "run", "echo started");
        assertThat(set.out()).isEqualTo("started\n");
        assertThat(set.err()).doesNotContain("record");
        assertThat(recordings()).isEmpty();

        assertThat(dyno.call(Map.of("DYNO_RECORD", "on"), new byte[0], "run", "true").err())
                .contains("DYNO_RECORD is 'on'");
    }

    @Test
    void theVariableRecordsEachRunThatHasATerminal() throws Exception {
        terminal.shell(
                "DYNO_RECORD=1 $DYNO run true; DYNO_RECORD=0 $DYNO run true; $DYNO run true");
        assertThat(recordings()).hasSize(1);
    }

    private Path recording() throws IOException {
        return recordings().getFirst();
    }

    private List<Path> recordings() throws IOException {
        try (Stream<Path> all =
                Files.find(dyno.home(), 9, (file, _) -> file.endsWith("recording.cast"))) {
            return all.toList();
        }
    }

    /** Sends SIGKILL to the JVM that has this test's state directory. */
    private void killDyno() throws Exception {
        dyno.prepare(
                "for p in /proc/[0-9]*; do grep -qzF dev.dyno.cli.Main $p/cmdline 2>/dev/null &&"
                        + " grep -qzxF DYNO_HOME="
                        + dyno.home()
                        + " $p/environ && kill -9 ${p#/proc/}; done; true");
    }
}
