package dev.dyno.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Posix;
import dev.dyno.text.Palette;
import dev.dyno.text.Palette.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs on a terminal of their own, and lines on the user's. */
@Timeout(60)
class TerminalTest {
    @TempDir private Path directory;

    @Test
    void keepsTheLastLineOnATerminal() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (var stage = new Stage(directory, Format.JSON)) {
                var terminal = new Terminal();
                Stage.Writer dyno = stage.onTerminal("web." + i, terminal.master);
                terminal.run("seq 1 500; printf last");
                dyno.end();
                String lines = stage.end().stdout();
                assertThat(lines).hasLineCount(501).endsWith("\"message\":\"last\"}\n");
                assertThat(lines).doesNotContain("stream");
            }
        }
    }

    @Test
    void aTerminalThatNobodyHasOpenYetIsNotAtItsEnd() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            var terminal = new Terminal();
            terminal.run("true");
            Stage.Writer dyno = stage.onTerminal("web.1", terminal.master);
            // What is printed now was read after the terminal's end was.
            Stage.Writer other = stage.dyno("worker.1");
            other.write("tick\n");
            assertThat(stage.readStdout(5)).isEqualTo("tick\n");
            terminal.run("echo one");
            assertThat(stage.readStdout(9)).isEqualTo("tick\none\n");
            terminal.run("printf two");
            dyno.end();
            assertThat(stage.end().stdout()).isEqualTo("tick\none\ntwo\n");
        }
    }

    @Test
    void whatAProgramWroteOverItselfIsShownAsItWasLeft() throws Exception {
        assertThat(shown(Format.LOCAL, "10%\r50%\r100%\nfull\r\nboth\r1\r\r\n"))
                .isEqualTo(
                        """
                        7:29:55 AM web.1 |  100%
                        7:29:55 AM web.1 |  full
                        7:29:55 AM web.1 |  1
                        """);
        assertThat(shown(Format.HEROKU, "10%\r50%\r\n")).endsWith("app[web.1]: 50%\n");
    }

    @Test
    void aProgramDoesNotMoveTheCursor() throws Exception {
        String nasty = "a\tb\u001b[2Jc\u001b[1;32md\u0000\b\u009be\n";
        String safe = "a\tb\\x1b[2Jcd\\x00\\x08\\x9be\n";
        assertThat(shown(Format.RAW, nasty)).isEqualTo(safe);
        assertThat(shown(Format.LOCAL, nasty)).isEqualTo("7:29:55 AM web.1 |  " + safe);
        assertThat(shown(Format.HEROKU, nasty)).endsWith("app[web.1]: " + safe);
    }

    @Test
    void herokuIsPaintedAsHerokuPaintsIt() throws Exception {
        try (var stage = new Stage(directory, Format.HEROKU, new Palette(Level.FULL), true)) {
            stage.dyno("web.1").write("\u001b[1mbold\n");
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            "\u001b[38;5;116m2026-11-23T07:29:55.123456+00:00 app[web.1]:\u001b[39m"
                                    + " \u001b[1mbold\u001b[0m\n");
        }
    }

    private String shown(Format format, String text) throws Exception {
        try (var stage = new Stage(directory, format, Palette.PLAIN, true)) {
            stage.dyno("web.1").write(text);
            return stage.end().stdout();
        }
    }

    /** A pseudo-terminal that does not touch what is written. */
    private static final class Terminal {
        private final int master = Posix.posix_openpt(Posix.O_RDWR | Posix.O_NOCTTY);
        private final String slave;

        Terminal() {
            var settings = new byte[Posix.TERMIOS];
            var name = new byte[128];
            assertThat(Posix.fcntl(master, Posix.F_SETFD, Posix.FD_CLOEXEC)).isZero();
            assertThat(Posix.grantpt(master)).isZero();
            assertThat(Posix.unlockpt(master)).isZero();
            assertThat(Posix.ptsname_r(master, name, name.length)).isZero();
            assertThat(Posix.tcgetattr(master, settings)).isZero();
            Posix.cfmakeraw(settings);
            assertThat(Posix.tcsetattr(master, Posix.TCSANOW, settings)).isZero();
            slave = new String(name, StandardCharsets.US_ASCII).trim();
        }

        /** Opens it, writes to it, closes it. */
        void run(String script) throws IOException, InterruptedException {
            Process shell = new ProcessBuilder("sh", "-c", "(" + script + ") >" + slave).start();
            assertThat(shell.waitFor()).isZero();
        }
    }
}
