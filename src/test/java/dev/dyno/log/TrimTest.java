package dev.dyno.log;

import static dev.dyno.log.NumberedLines.NOON;
import static dev.dyno.log.NumberedLines.assertConsecutiveUpTo;
import static dev.dyno.log.NumberedLines.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrimTest {
    private static final Retention SMALL = new Retention(4000, 1000);

    /** The longest line of {@link NumberedLines}, and more. */
    private static final int LINE = 200;

    @TempDir private Path directory;
    private Path path;
    private final NumberedLines lines = new NumberedLines(7);

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("web.1.log");
    }

    @Test
    void whatIsKeptAreTheLinesThatBeginInTheLastPart() throws IOException {
        String line = LogLine.app(NOON, "web.1", "x".repeat(54)).format() + "\n";
        assertThat(line).hasSize(100);
        try (LogFile log = LogFile.create(path, SMALL)) {
            for (int i = 0; i < 41; i++) {
                log.append(LogLine.app(NOON, "web.1", "x".repeat(54)));
            }
            assertThat(path).hasSize(4100);
            log.append(LogLine.app(NOON, "web.1", "y".repeat(53)));
        }
        assertThat(Files.readString(path))
                .isEqualTo(
                        line.repeat(10)
                                + LogLine.app(NOON, "web.1", "y".repeat(53)).format()
                                + "\n");
    }

    @Test
    void aLogOfAnyLengthTakesLittleRoomAndIsItsOwnersAlone() throws IOException {
        try (LogFile log = LogFile.create(path, SMALL)) {
            for (int i = 0; i < 5000; i++) {
                lines.append(log, 1);
                lines.appendBlock(log, 3);
                assertThat(Files.size(path)).isLessThan(SMALL.longest() + 4 * LINE);
                assertThat(log.dropped()).isZero();
            }
        }
        assertConsecutiveUpTo(19_999, read());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertOnlyTheLogIsThere();
    }

    @Test
    void atLeastTheLastKeptPartCanBeReadAtAnyTime() throws Exception {
        int last = 5;
        var reading = new CountDownLatch(1);
        var logs = new Logs(directory, SMALL);
        LogFile.create(path, SMALL).close();
        Thread writer = Thread.ofPlatform().start(() -> write(reading, 30_000));
        int before = 0;
        while (writer.isAlive()) {
            List<LogLine> read = logs.last(last, LogFilter.EVERYTHING);
            reading.countDown();
            if (!read.isEmpty()) {
                int newest = number(read.getLast());
                assertThat(newest).isGreaterThanOrEqualTo(before);
                assertConsecutiveUpTo(newest, read);
                assertThat(read).hasSize(Math.min(last, newest + 1));
                before = newest;
            } else {
                assertThat(before).isZero();
            }
        }
        assertConsecutiveUpTo(29_999, logs.last(last, LogFilter.EVERYTHING));
    }

    private void write(CountDownLatch reading, int count) {
        try (LogFile log = LogFile.openOrCreate(path, SMALL)) {
            reading.await();
            lines.append(log, count);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void herokus1500LinesAreLeftEvenOfTheLongest() throws IOException {
        String message = "m".repeat(10_000);
        var block = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            block.append(LogLine.app(NOON, "web.1", message).format()).append('\n');
        }
        byte[] bytes = block.toString().getBytes(StandardCharsets.US_ASCII);
        try (LogFile log = LogFile.create(path)) {
            for (int i = 0; Files.size(path) >= i * (long) bytes.length; i++) {
                log.append(NOON, bytes, bytes.length, 100); // until it is trimmed
            }
        }
        assertThat(Files.size(path)).isLessThan(20_000_000);
        assertThat(new Logs(directory).last(1500, LogFilter.EVERYTHING))
                .hasSize(1500)
                .allMatch(line -> line.message().equals(message));
    }

    @Test
    void aLogThatIsTooLongAlreadyIsTrimmedWithItsNextLineAndNotBefore() throws IOException {
        try (LogFile log = LogFile.create(path)) {
            lines.append(log, 1000);
        }
        long size = Files.size(path);
        try (LogFile log = LogFile.openOrCreate(path, SMALL)) {
            assertThat(path).hasSize(size); // it may be somebody else's still
            lines.append(log, 1);
            assertThat(Files.size(path)).isLessThan(SMALL.kept() + LINE);
        }
        assertConsecutiveUpTo(1000, read());
    }

    @Test
    void addingToTheLogOfSomebodyWhoIsGoneNeverTrimsIt() throws IOException {
        try (LogFile log = LogFile.create(path)) {
            for (int i = 0; i < 66; i++) {
                log.append(NOON, new byte[1 << 20], 1 << 20, 1);
            }
        }
        long size = Files.size(path);
        try (LogFile log = LogFile.open(path)) {
            log.append(LogLine.heroku(NOON, "web.1", "Process exited with status 137"));
        }
        assertThat(Files.size(path)).isGreaterThan(size);
    }

    @Test
    void aLineThatAKilledWriterLeftUnfinishedIsStillEnded() throws IOException {
        try (LogFile log = LogFile.create(path)) {
            lines.append(log, 100);
        }
        Files.writeString(path, "2026-11-23T12:00", StandardOpenOption.APPEND);
        try (LogFile log = LogFile.openOrCreate(path, SMALL)) {
            lines.append(log, 1);
        }
        assertThat(Files.size(path)).isLessThan(SMALL.kept() + LINE);
        assertThat(Files.readString(path)).contains("\n2026-11-23T12:00\n2026-11-23T12:00:00.1");
        assertConsecutiveUpTo(100, read());
    }

    @Test
    void anInterruptedThreadTrimsToo() throws IOException {
        try (LogFile log = LogFile.create(path, SMALL)) {
            Thread.currentThread().interrupt();
            lines.append(log, 1000);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Files.size(path)).isLessThan(SMALL.longest() + LINE);
        }
        assertConsecutiveUpTo(999, read());
    }

    private List<LogLine> read() throws IOException {
        return read(directory);
    }

    private static List<LogLine> read(Path logs) throws IOException {
        return new Logs(logs).last(Integer.MAX_VALUE, LogFilter.EVERYTHING);
    }

    private void assertOnlyTheLogIsThere() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(path);
        }
    }
}
