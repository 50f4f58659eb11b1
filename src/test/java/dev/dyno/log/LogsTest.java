package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    private static final Instant NOON = Instant.parse("2024-10-17T12:00:00Z");

    @TempDir private Path directory;

    @Test
    void noLogsAreNoLines() throws IOException {
        assertThat(last(100)).isEmpty();
        assertThat(new Logs(directory.resolve("none")).last(100, LogFilter.EVERYTHING)).isEmpty();
    }

    @Test
    void theLinesOfAllDynosAreMergedByTime() throws IOException {
        write("run.1", line(1, "run.1", "a"), line(4, "run.1", "d"));
        write("web.1", line(2, "web.1", "b"), line(3, "web.1", "c"), line(5, "web.1", "e"));
        assertThat(messages(last(100))).containsExactly("a", "b", "c", "d", "e");
        assertThat(messages(last(3))).containsExactly("c", "d", "e");
        assertThat(last(0)).isEmpty();
    }

    @Test
    void aDynosOwnLinesKeepTheirOrderWhenTheClockGoesBack() throws IOException {
        write("run.1", line(7, "run.1", "a"), line(3, "run.1", "b"), line(5, "run.1", "c"));
        write("web.1", line(4, "web.1", "w"));
        assertThat(messages(last(100))).containsExactly("a", "b", "w", "c");
    }

    @Test
    void theFilterComesBeforeTheCount() throws IOException {
        write("run.1", line(1, "run.1", "a"), line(2, "api", "x"), line(3, "api", "y"));
        LogFilter run = new LogFilter(Optional.of("run.1"), Optional.empty(), Optional.empty());
        assertThat(messages(new Logs(directory).last(1, run))).containsExactly("a");
    }

    @Test
    void theLastHundredOfAHundredThousandAreThoseOfANaiveMerge() throws IOException {
        Random random = new Random(42);
        List<LogLine> all = new ArrayList<>();
        for (int file = 100; file < 200; file++) {
            List<LogLine> lines = new ArrayList<>();
            long time = random.nextInt(2_000_000);
            for (int i = 0; i < 1000; i++) {
                time += random.nextInt(2000);
                lines.add(line(time, "run." + file, i + "x".repeat(random.nextInt(200))));
            }
            write("run." + file, lines.toArray(LogLine[]::new));
            all.addAll(lines);
        }
        all.sort(Comparator.comparing(LogLine::time));
        assertThat(last(100)).isEqualTo(all.subList(all.size() - 100, all.size()));
        assertThat(last(5000)).isEqualTo(all.subList(all.size() - 5000, all.size()));
        assertThat(last(Integer.MAX_VALUE)).isEqualTo(all);
    }

    @Test
    void aFileThatIsTooOldToMatterIsNotRead() throws IOException {
        write("web.1", line(9_000_000, "web.1", "a"), line(9_000_001, "web.1", "b"));
        Path old = write("run.1", line(9_500_000, "run.1", "lies about its age"));
        Files.setLastModifiedTime(old, FileTime.from(NOON));
        assertThat(messages(last(2))).containsExactly("a", "b");
        assertThat(messages(last(3))).containsExactly("a", "b", "lies about its age");
    }

    @Test
    void aLineLongerThanABlockIsReadWhole() throws IOException {
        String longMessage = "é".repeat(200_000);
        write("run.1", line(1, "run.1", "a"), line(2, "run.1", longMessage), line(3, "run.1", "c"));
        assertThat(messages(last(3))).containsExactly("a", longMessage, "c");
    }

    @Test
    void brokenLinesAreSkipped() throws IOException {
        String good = line(1, "run.1", "a").format();
        Files.writeString(
                directory.resolve("run.1.log"),
                "\0\0\0\n\n" + good + "\ngarbage\n" + good.substring(0, 30) + "\n" + good);
        assertThat(messages(last(100))).containsExactly("a");
    }

    @Test
    void garbageCostsItsOwnFileOnly() throws IOException {
        write("web.1", line(1, "web.1", "a"));
        byte[] garbage = new byte[20_000_000];
        Files.write(directory.resolve("run.1.log"), garbage);
        Files.writeString(directory.resolve("empty.log"), "");
        assertThat(messages(last(100))).containsExactly("a");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNotARegularFileIsNeverOpened() throws Exception {
        Path secret = directory.resolve("secret");
        Files.writeString(secret, line(1, "run.1", "secret").format() + "\n");
        Files.createSymbolicLink(directory.resolve("link.log"), secret);
        Files.createDirectory(directory.resolve("directory.log"));
        Process mkfifo =
                new ProcessBuilder("mkfifo", directory.resolve("pipe.log").toString()).start();
        assertThat(mkfifo.waitFor(5, TimeUnit.SECONDS)).isTrue();
        write("web.1", line(1, "web.1", "a"));
        assertThat(messages(last(100))).containsExactly("a");
    }

    private List<LogLine> last(int count) throws IOException {
        return new Logs(directory).last(count, LogFilter.EVERYTHING);
    }

    private Path write(String dyno, LogLine... lines) throws IOException {
        Path path = directory.resolve(dyno + ".log");
        StringBuilder text = new StringBuilder();
        for (LogLine line : lines) {
            text.append(line.format()).append('\n');
        }
        return Files.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static LogLine line(long millis, String process, String message) {
        return LogLine.app(NOON.plusMillis(millis), process, message);
    }

    private static List<String> messages(List<LogLine> lines) {
        return lines.stream().map(LogLine::message).toList();
    }
}
