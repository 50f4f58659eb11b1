package dev.dyno.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.text.Palette;
import dev.dyno.text.Palette.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of {@code heroku local} (golden/local.txt). */
@Timeout(60)
class LocalTest {
    private static final String OKAY = "[OKAY] Loaded ENV .env File as KEY=VALUE Format\n";
    private static final String WEB = "7:29:55 AM web.1    |  web 5006 web.1 bar baz\n";

    @TempDir private Path directory;

    @Test
    void printsAsHerokuLocalDoes() throws Exception {
        try (var stage = new Stage(directory, Format.LOCAL)) {
            stage.output.banner(OKAY.strip(), false);
            stage.output.expect("worker.1");
            stage.dyno("web.1").write("web 5006 web.1 bar baz\n");
            // So that the worker's line comes behind it.
            stage.readStdout((OKAY + WEB).length());
            Stage.Writer worker = stage.dyno("worker.1");
            worker.write("worker 5106\n");
            worker.end();
            stage.output.notice("worker.1", "Exited Successfully", false);
            stage.output.banner("[DONE] Killing all processes with signal  SIGINT", false);
            stage.output.notice("web.1", "Exited with exit code SIGINT", true);
            stage.output.banner("[WARN] Interrupted by User", true);
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            OKAY
                                    + WEB
                                    + """
                                    7:29:55 AM worker.1 |  worker 5106
                                    7:29:55 AM worker.1 Exited Successfully
                                    [DONE] Killing all processes with signal  SIGINT
                                    """);
            assertThat(stage.stderr())
                    .isEqualTo(
                            """
                            7:29:55 AM web.1    Exited with exit code SIGINT
                            [WARN] Interrupted by User
                            """);
        }
    }

    @Test
    void aProcessTypeHasItsColourInOrderOfAppearance() throws Exception {
        try (var stage = new Stage(directory, Format.LOCAL, new Palette(Level.FULL), true)) {
            stage.output.expect("web.1");
            stage.output.expect("web.2");
            stage.output.expect("worker.1");
            Stage.Writer worker = stage.dyno("worker.1");
            worker.write("plain\n\u001b[32mgreen\n");
            worker.end();
            stage.output.notice("web.2", "Exited Successfully", false);
            for (String type : new String[] {"c", "d", "e", "f", "g"}) {
                Stage.Writer dyno = stage.dyno(type + ".1");
                dyno.write("x\n");
                dyno.end();
            }
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            """
                            ^[34m7:29:55 AM worker.1 | ^[39m plain
                            ^[34m7:29:55 AM worker.1 | ^[39m ^[32mgreen^[0m
                            ^[35m7:29:55 AM web.2   ^[39m ^[36mExited Successfully^[39m
                            ^[36m7:29:55 AM c.1      | ^[39m x
                            ^[32m7:29:55 AM d.1      | ^[39m x
                            ^[33m7:29:55 AM e.1      | ^[39m x
                            ^[31m7:29:55 AM f.1      | ^[39m x
                            ^[35m7:29:55 AM g.1      | ^[39m x
                            """
                                    .replace('^', '\u001b'));
        }
    }

    @Test
    void forcedColoursInAPipeEndWithTheirLine() throws Exception {
        try (var stage = new Stage(directory, Format.LOCAL, new Palette(Level.BASIC), false)) {
            stage.dyno("web.1").write("\u001b[32mgreen\r\n");
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            "\u001b[35m7:29:55 AM web.1 | \u001b[39m \u001b[32mgreen\r\u001b[0m\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:00:00Z, UTC, 12:00:00 AM",
        "2026-11-23T00:59:59Z, UTC, 12:59:59 AM",
        "2026-11-23T12:00:00Z, UTC, 12:00:00 PM",
        "2026-11-23T23:05:09.999Z, UTC, 11:05:09 PM",
        "2026-11-23T23:05:09Z, Europe/Berlin, 12:05:09 AM",
        "2026-07-01T01:05:09Z, America/New_York, 9:05:09 PM",
        "1969-12-31T23:59:59Z, UTC, 11:59:59 PM",
    })
    void theTimeIsThatOfTheUsersClock(Instant now, ZoneId zone, String text) {
        var clock = new LocalTime(zone);
        assertThat(clock.at(now)).asString(StandardCharsets.US_ASCII).isEqualTo(text);
        assertThat(clock.at(now.plusSeconds(86_400)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(text);
    }
}
