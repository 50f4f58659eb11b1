package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.text.Palette;
import dev.dyno.text.Palette.Level;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPrinterTest {
    private static final String TIME = "2024-10-17T22:23:22.209776+00:00";
    private static final Palette FULL = new Palette(Level.FULL);

    private final LogPrinter terminal = new LogPrinter(FULL, true);
    private final LogPrinter monochrome = new LogPrinter(Palette.PLAIN, true);
    private final LogPrinter pipe = new LogPrinter(Palette.PLAIN, false);

    /** The bytes that heroku 11.10.0 wrote for these two lines (golden/tty.txt). */
    @Test
    void linesLookAsTheyDoOnHeroku() {
        assertThat(terminal.print(line(TIME + " app[web.1]: log line 1")))
                .isEqualTo("\u001b[38;5;116m" + TIME + " app[web.1]:\u001b[39m log line 1");
        assertThat(
                        terminal.print(
                                line(
                                        "2024-10-17T22:23:23.032789+00:00 heroku[router]: at=info"
                                                + " method=GET path=\"/\" host=x status=200"
                                                + " connect=1ms service=700ms dyno=web.1")))
                .isEqualTo(
                        """
                        ^[38;5;40m2024-10-17T22:23:23.032789+00:00 heroku[router]:^[39m \
                        ^[38;5;248mat=^[39m^[38;5;248minfo^[39m \
                        ^[38;5;248mmethod=^[39m^[38;5;206mGET^[39m \
                        ^[38;5;248mpath=^[39m^[38;5;40m"/"^[39m \
                        ^[38;5;248mhost=^[39m^[38;5;248mx^[39m \
                        ^[38;5;248mstatus=^[39m^[38;5;40m200^[39m \
                        ^[38;5;248mconnect=^[39m^[38;5;40m1ms^[39m \
                        ^[38;5;248mservice=^[39m^[38;5;214m700ms^[39m \
                        ^[38;5;248mdyno=^[39m^[38;5;116mweb.1^[39m\
                        """
                                .replace("^", "\u001b"));
    }

    @Test
    void processesGetTheirColoursInOrderOfAppearance() {
        assertThat(header("worker.1")).startsWith("\u001b[38;5;43m");
        assertThat(header("clock.1")).startsWith("\u001b[38;5;212m");
        assertThat(header("worker.2")).startsWith("\u001b[38;5;43m");
        assertThat(header("run.7364")).startsWith("\u001b[38;5;185m");
        assertThat(header("api")).startsWith("\u001b[38;5;185m");
        assertThat(header("a.1")).startsWith("\u001b[38;5;206m");
        assertThat(header("b.1")).startsWith("\u001b[38;5;214m");
        assertThat(header("c.1")).startsWith("\u001b[38;5;185m");
    }

    private String header(String process) {
        return terminal.print(LogLine.app(Instant.EPOCH, process, "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "run.1, State changed from starting to up, State changed from <43 starting> to <40 up>",
        "run.1, State changed from up to complete, State changed from <40 up> to <40 complete>",
        "web.1, State changed from up to crashed, State changed from <40 up> to crashed",
        "web.1, State changed from up to down, State changed from <40 up> to <217 down>",
        "web.1, Process exited with status 0, Process exited with status <40 0>",
        "run.1, Process exited with status 143, Process exited with status <217 143>",
        "run.1, Stopping all processes with SIGTERM, <217 Stopping all processes with SIGTERM>",
        "web.1, Restarting, <185 Restarting>",
        "run.1, Restarting, Restarting",
        "worker.1, Process exited with status 1, Process exited with status 1",
        "api, Build succeeded, <40 Build succeeded>",
        "api, Build failed -- see above, <217 Build failed -- see above>",
        "api, Build started by user me, Build started by user <40 me>",
        "api, Deploy 1a2b3c4d by user me, Deploy <116 1a2b3c4d> by user <40 me>",
        "api, Release v9 created by user me, Release <206 v9> created by user <40 me>",
        "api, Set A config vars by user me, Set A config vars by user me",
        "web.1, '1.2.3.4 - - [t] \"GET /x HTTP/1.1\" 404 9', '<248 1.2.3.4 - - [t] \"><206 GET>"
                + "<248  ><40 /x><248  HTTP/1.1\" ><214 404><248  9>'",
        "web.1, 'x \"GET /x HTTP/1.1\" y', 'x \"<206 GET><40  /x >HTTP/1.1\" y'",
        "router, at=error connect= x, <248 at=><217 error> <248 connect=> <248 x>",
        "router, status=304 service=0ms, <248 status=><43 304> <248 service=>0ms",
        "router, connect=100ms service=5000ms, <248 connect=><43 100ms> <248 service=><217 5000ms>"
    })
    void thePartsOfAMessageAreColouredByTheirMeaning(
            String process, String message, String expected) {
        String printed = terminal.print(LogLine.app(Instant.EPOCH, process, message));
        String body = printed.substring(printed.indexOf("\u001b[39m ") + 6);
        assertThat(body.replaceAll("\u001b\\[38;5;(\\d+)m([^\u001b]*)\u001b\\[39m", "<$1 $2>"))
                .isEqualTo(expected);
    }

    @Test
    void aCommandLooksLikeCode() {
        LogLine line = new ApiEvents("me").starting(Instant.EPOCH, "echo `date`");
        assertThat(terminal.print(line))
                .endsWith(
                        "Starting process with command "
                                + FULL.code("`echo `date``")
                                + "\u001b[38;5;40m by user me\u001b[39m");
    }

    @Test
    void anErrorCodeIsRedAndBold() {
        LogLine line = LogLine.heroku(Instant.EPOCH, "router", "code=H12");
        assertThat(terminal.print(line))
                .endsWith("\u001b[38;5;217m\u001b[1mH12\u001b[22m\u001b[39m");
    }

    @Test
    void withoutColoursALineIsThePlainLine() {
        LogLine line = line(TIME + " app[web.1]:  \"GET / HTTP/1.1\" ");
        assertThat(pipe.print(line)).isEqualTo(line.format());
        assertThat(monochrome.print(line)).isEqualTo(line.format());
    }

    @Test
    void aPipeGetsTheLineAsItIs() {
        LogLine line = LogLine.app(Instant.EPOCH, "run.1", "a\u001b[2J\r\u009bb");
        assertThat(pipe.print(line)).isEqualTo(line.format());
    }

    @Test
    void aTerminalObeysAProgramsColoursAndTabsAndNothingElse() {
        LogLine line =
                LogLine.app(
                        Instant.EPOCH, "worker.1", "\u001b[1;31mred\u001b[2J\tx\r\u001b[1\u0007");
        assertThat(terminal.print(line))
                .endsWith(" \u001b[1;31mred\\x1b[2J\tx\\r\\x1b[1\\x07\u001b[0m");
        assertThat(monochrome.print(line)).endsWith(" red\\x1b[2J\tx\\r\\x1b[1\\x07");
    }

    private static LogLine line(String text) {
        return LogLine.parse(text).orElseThrow();
    }
}
