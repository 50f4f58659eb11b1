package dev.dyno.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.output.Output.Stream;
import dev.dyno.process.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes out, and that all of it does. */
@Timeout(60)
class OutputTest {
    private static final String START = "2026-11-23T07:29:55.123456+00:00 app[web.1]: ";

    @TempDir private Path directory;

    @Test
    void tenWritersOfTenThousandLinesAreNeverMixed() throws Exception {
        try (var stage = new Stage(directory, Format.HEROKU)) {
            stage.readStdout();
            List<Thread> threads = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                Stage.Writer dyno = stage.dyno("web." + i);
                threads.add(Thread.ofPlatform().start(() -> writeTenThousand(dyno)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Map<String, Integer> next = new HashMap<>();
            for (String text : stage.end().stdout().lines().toList()) {
                LogLine line = LogLine.parse(text).orElseThrow(() -> new AssertionError(text));
                int number = next.merge(line.process(), 1, Integer::sum);
                assertThat(line.message()).isEqualTo(numbered(number));
            }
            assertThat(next)
                    .hasSize(10)
                    .allSatisfy((_, count) -> assertThat(count).isEqualTo(10_000));
            assertThat(stage.log("web.3"))
                    .asString(StandardCharsets.UTF_8)
                    .hasLineCount(10_000)
                    .endsWith("app[web.3]: " + numbered(10_000) + "\n");
        }
    }

    // In pieces that end anywhere but at a line's end.
    private static void writeTenThousand(Stage.Writer dyno) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            text.append(numbered(i)).append('\n');
        }
        for (int at = 0; at < text.length(); at += 777) {
            dyno.write(text.substring(at, Math.min(text.length(), at + 777)));
        }
    }

    private static String numbered(int number) {
        return number + "x".repeat(number % 90);
    }

    @Test
    void keepsTheLastLineWithoutItsEnd() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.dyno("web.1").write("one\ntwo");
            assertThat(stage.end().stdout()).isEqualTo("one\ntwo\n");
            assertThat(stage.log("web.1")).asString().isEqualTo(START + "one\n" + START + "two\n");
        }
    }

    @Test
    void keepsEmptyLines() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.dyno("web.1").write("\n\none\n\n");
            assertThat(stage.end().stdout()).isEqualTo("\n\none\n\n");
        }
    }

    @Test
    void aLineThatWaitsForItsEndHoldsUpNobody() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer prompt = stage.dyno("web.1");
            Stage.Writer other = stage.dyno("worker.1");
            prompt.write("name? ");
            other.write("tick\n");
            assertThat(stage.readStdout(5)).isEqualTo("tick\n");
            prompt.write("joe\n");
            assertThat(stage.end().stdout()).isEqualTo("tick\nname? joe\n");
        }
    }

    @Test
    void stdoutAndStderrOfADynoAreCutIntoLinesEachByItself() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer stdout = stage.dyno("web.1");
            Stage.Writer stderr = stage.dyno("web.1", Stream.STDERR);
            stdout.write("half");
            stderr.write("oops\n");
            assertThat(stage.readStdout(5)).isEqualTo("oops\n");
            stderr.end();
            stdout.write(" a line\n");
            assertThat(stage.end().stdout()).isEqualTo("oops\nhalf a line\n");
        }
    }

    @Test
    void cutsAMegabyteLineAtTenThousandBytes() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.readStdout();
            stage.dyno("web.1").write("x".repeat(1_000_000) + "yz\n" + "w".repeat(10_000) + "\n");
            List<String> lines = stage.end().stdout().lines().toList();
            assertThat(lines).hasSize(102);
            assertThat(lines.subList(0, 100)).containsOnly("x".repeat(10_000));
            assertThat(lines.subList(100, 102)).containsExactly("yz", "w".repeat(10_000));
        }
    }

    @Test
    void aLastLineOfExactlyTenThousandBytesIsOne() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.dyno("web.1").write("x".repeat(20_000));
            assertThat(stage.end().stdout()).isEqualTo(("x".repeat(10_000) + "\n").repeat(2));
        }
    }

    @Test
    void neverCutsInsideACharacter() throws Exception {
        for (String character : List.of("é", "€", "🐢")) {
            for (int before = 9996; before <= 10_000; before++) {
                for (String behind : List.of("", "z", "z\n", "zzzzz")) {
                    assertCut("x".repeat(before), character, behind);
                }
            }
        }
    }

    private void assertCut(String before, String character, String behind) throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            for (byte b : (before + character).substring(9990).getBytes(StandardCharsets.UTF_8)) {
                if (before.length() > 9990) {
                    dyno.write(before.substring(0, 9990));
                    before = "";
                }
                dyno.write(b);
            }
            dyno.write(behind);
            String rest = behind.replace("\n", "");
            String text = stage.end().stdout();
            assertThat(text).doesNotContain("\ufffd");
            int first = text.indexOf('\n');
            int bytes = text.substring(0, first).getBytes(StandardCharsets.UTF_8).length;
            assertThat(bytes).isBetween(9997, 10_000);
            assertThat(text.replace("\n", "")).endsWith("x" + character + rest);
        }
    }

    @Test
    void aByteThatIsNoCharacterDoesNotMoveTheCut() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            dyno.write("x".repeat(9999));
            dyno.write((byte) 0xe2, (byte) 0x82, (byte) 'y', (byte) '\n');
            byte[] bytes = stage.end().bytes();
            assertThat(bytes).hasSize(10_000 + 2 + 2).endsWith(0xe2, '\n', 0x82, 'y', '\n');
        }
    }

    @Test
    void passesInvalidUtf8AndNul() throws Exception {
        byte[] odd = {
            'a', 0, (byte) 0xff, (byte) 0xc3, '\r', (byte) 0x9b, 0x1b, '[', '2', 'J', '\n'
        };
        for (Format format : List.of(Format.RAW, Format.LOCAL, Format.HEROKU)) {
            try (var stage = new Stage(directory, format)) {
                stage.dyno(format.name()).write(odd);
                assertThat(stage.end().bytes()).endsWith(odd);
                assertThat(stage.log(format.name())).endsWith(odd);
            }
        }
    }

    @Test
    void herokuIsTheLogItself() throws Exception {
        try (var stage = new Stage(directory, Format.HEROKU)) {
            stage.output.event(LogLine.heroku(Stage.NOW, "web.1", "Starting process"));
            stage.output.banner("[OKAY] ready", false);
            stage.output.notice("web.1", "Exited", false);
            stage.dyno("web.1").write("one\n");
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            "2026-11-23T07:29:55.123456+00:00 heroku[web.1]: Starting process\n"
                                    + START
                                    + "one\n");
            assertThat(stage.stderr()).isEqualTo("[OKAY] ready\n");
        }
    }

    @Test
    void rawTellsWhatIsNotAProgramsOnStderr() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.output.event(LogLine.heroku(Stage.NOW, "web.1", "Starting process"));
            stage.output.banner("[OKAY] ready", false);
            stage.output.notice("web.1", "Exited Successfully", false);
            assertThat(stage.end().stdout()).isEmpty();
            assertThat(stage.stderr()).isEqualTo("[OKAY] ready\nweb.1 Exited Successfully\n");
        }
    }

    @Test
    void whatWasSaidBeforeADynoWroteStandsBeforeIt() throws Exception {
        try (var stage = new Stage(directory, Format.HEROKU)) {
            stage.readStdout();
            Stage.Writer dyno = stage.dyno("web.1");
            for (int i = 0; i < 1000; i++) {
                stage.output.event(LogLine.heroku(Stage.NOW, "web.1", "before " + i));
                dyno.write("after " + i + "\n");
            }
            List<String> lines = stage.end().stdout().lines().toList();
            assertThat(lines).hasSize(2000);
            for (int i = 0; i < 1000; i++) {
                int before = lines.indexOf(START.replace("app", "heroku") + "before " + i);
                assertThat(before).isNotNegative().isLessThan(lines.indexOf(START + "after " + i));
            }
        }
    }

    @Test
    void aDescriptorThatSomebodyEscapedWithDoesNotHoldUpTheEnd() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            dyno.write("one\ntwo");
            dyno.finish();
            assertThat(stage.end().stdout()).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void somebodyWhoEscapedAndNeverStopsWritingDoesNotHoldUpTheEnd() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.readStdout();
            Stage.Writer dyno = stage.dyno("web.1");
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        try {
                            while (true) {
                                dyno.write("on and on\n".repeat(100));
                            }
                        } catch (AssertionError e) {
                            // At last nobody reads.
                        }
                    });
            dyno.finish();
            assertThat(stage.end().stdout()).startsWith("on and on\n");
        }
    }

    @Test
    void aPipeThatHasEndedIsFinishedAtOnce() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            dyno.write("one");
            Posix.close(dyno.fd);
            assertThat(stage.readStdout(4)).isEqualTo("one\n");
            dyno.finish();
            assertThat(stage.end().stdout()).isEqualTo("one\n");
        }
    }

    @Test
    void afterTheEndASourceIsDoneAtOnce() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            stage.end();
            int[] pipe = Posix.privatePipe();
            var done = new CountDownLatch(1);
            stage.output.read(pipe[0], "web.1", Stream.STDOUT, log()).finish(done::countDown);
            done.await();
            Posix.close(pipe[1]);
        }
    }

    private LogFile log() throws IOException {
        return LogFile.create(directory.resolve("late.log"));
    }
}
