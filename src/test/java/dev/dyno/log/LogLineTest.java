package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String GOLDEN = "2024-10-17T22:23:22.209776+00:00 app[web.1]: log line 1";

    @Test
    void aLineIsWrittenAsHerokuWritesIt() {
        Instant time = Instant.parse("2024-10-17T22:23:22.209776999Z");
        assertThat(LogLine.app(time, "web.1", "log line 1").format()).isEqualTo(GOLDEN);
    }

    @Test
    void aRoundTimeHasSixDecimalsToo() {
        assertThat(LogLine.heroku(NOON, "router", "").format())
                .isEqualTo("2026-11-23T12:00:00.000000+00:00 heroku[router]: ");
    }

    @Test
    void whatWasWrittenIsReadBackTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(
                            random.nextLong(-62_167_219_200L, 253_402_300_800L),
                            random.nextInt(1_000_000_000));
            LogLine line = LogLine.app(time, "worker." + i, "]: é\u001b[0m\r [" + i);
            assertThat(LogLine.parse(line.format())).contains(line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "log line 1",
                "2024-10-17T22:23:22.209776+00:00",
                "2024-10-17T22:23:22.209776+00:00 ",
                "2024-10-17T22:23:22.209776+00:00 app[web.1]",
                "2024-10-17T22:23:22.209776+00:00 app[web.1]:",
                "2024-10-17T22:23:22.209776+00:00 app[]: x",
                "2024-10-17T22:23:22.209776+00:00 app[../x]: x",
                "2024-10-17T22:23:22.209776+00:00 sys[web.1]: x",
                "2024-10-17T22:23:22.209776+00:00 app]: [x",
                "2024-10-17T22:23:22.209776+00:00Xapp[web.1]: x",
                "2024-13-17T22:23:22.209776+00:00 app[web.1]: x",
                "2024-02-30T22:23:22.209776+00:00 app[web.1]: x",
                "2024-10-17T22:23:22.209776+01:00 app[web.1]: x",
                "2024-10-17T22:23:22.20977٣+00:00 app[web.1]: x",
                "2024-10-17T22:23:22.209776+00:00 app[web.1]: x\ny",
            })
    void anythingElseIsNoLine(String text) {
        assertThat(LogLine.parse(text)).isEmpty();
    }

    @Test
    void thePlatformsLinesCarryNoControlCharacters() {
        LogLine line = new Lifecycle("run.7364").starting(NOON, "echo '\u001b[2J\n'");
        assertThat(line.message()).isEqualTo("Starting process with command `echo '\\x1b[2J\\n'`");
        assertThat(LogLine.parse(line.format())).contains(line);
    }

    @Test
    void aProgramsLineIsOneLine() {
        assertThatThrownBy(() -> LogLine.app(NOON, "web.1", "a\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAttachedOneOffTellsItsLifeInHerokusWords() {
        Lifecycle run = new Lifecycle("run.7364");
        List<LogLine> life =
                List.of(
                        new ApiEvents("me@example.com").starting(NOON, "bash"),
                        run.stateChanged(NOON, "starting", "up"),
                        run.awaitingClient(NOON),
                        run.starting(NOON, "bash"),
                        run.exited(NOON, 0),
                        run.stateChanged(NOON, "up", "complete"));
        assertThat(life)
                .extracting(line -> line.format().substring(Timestamp.LENGTH + 1))
                .containsExactly(
                        "app[api]: Starting process with command `bash` by user me@example.com",
                        "heroku[run.7364]: State changed from starting to up",
                        "heroku[run.7364]: Awaiting client",
                        "heroku[run.7364]: Starting process with command `bash`",
                        "heroku[run.7364]: Process exited with status 0",
                        "heroku[run.7364]: State changed from up to complete");
    }

    @Test
    void theEndsOfADynoAreToldInHerokusWords() {
        Lifecycle worker = new Lifecycle("worker.1");
        assertThat(
                        List.of(
                                worker.restarting(NOON),
                                worker.stoppingAll(NOON),
                                worker.exitTimeout(NOON, 30),
                                worker.stoppingRemaining(NOON),
                                worker.clientClosed(NOON),
                                worker.detached(NOON)))
                .extracting(LogLine::message)
                .containsExactly(
                        "Restarting",
                        "Stopping all processes with SIGTERM",
                        "Error R12 (Exit timeout) -> At least one process failed to exit within 30"
                                + " seconds of SIGTERM",
                        "Stopping remaining processes with SIGKILL",
                        "Client connection closed. Sending SIGHUP to all processes",
                        "Error R16 (Detached) -> An attached process is not responding to SIGHUP"
                                + " after its external connection was closed.");
    }

    @Test
    void whatAUserDoesIsToldInHerokusWords() {
        ApiEvents me = new ApiEvents("me@example.com");
        assertThat(List.of(me.described(NOON, "Deploy 1a2b3c4d"), me.released(NOON, 9)))
                .extracting(LogLine::message)
                .containsExactly(
                        "Deploy 1a2b3c4d by user me@example.com",
                        "Release v9 created by user me@example.com");
    }
}
