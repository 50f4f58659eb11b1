package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String START = "2026-11-23T12:00:00.000000+00:00 app[run.1]: ";

    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("run.1.log");
    }

    @Test
    void aNewLogIsItsOwnersAlone() throws IOException {
        try (LogFile log = LogFile.create(path)) {
            log.append(line("one"));
            log.append(line("two"));
        }
        assertThat(Files.readString(path)).isEqualTo(START + "one\n" + START + "two\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNameCanBeClaimedOnce() throws IOException {
        LogFile.create(path).close();
        assertThatThrownBy(() -> LogFile.create(path))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void goingOnWithALogEndsTheLineOfAKilledWriter() throws IOException {
        Files.writeString(path, START + "one\n" + START + "tw");
        append(line("three"));
        append(line("four"));
        assertThat(Files.readAllLines(path))
                .containsExactly(START + "one", START + "tw", START + "three", START + "four");
    }

    @Test
    void goingOnWithALogNeedsARegularFile() throws IOException {
        assertThatThrownBy(() -> LogFile.open(path)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(directory.resolve("elsewhere"), "");
        Files.createSymbolicLink(path, directory.resolve("elsewhere"));
        assertThatThrownBy(() -> LogFile.open(path)).isInstanceOf(IOException.class);
    }

    @Test
    void anInterruptedThreadCanStillWrite() throws IOException {
        try (LogFile log = LogFile.create(path)) {
            Thread.currentThread().interrupt();
            log.append(line("one"));
            assertThat(Thread.interrupted()).isTrue();
            log.append(line("two"));
        }
        assertThat(Files.readAllLines(path)).containsExactly(START + "one", START + "two");
    }

    @Test
    void linesOfEightThreadsStayWholeAndInEachThreadsOrder() throws Exception {
        LogFile.create(path).close();
        List<Thread> threads = new ArrayList<>();
        // Who opens it looks at its end, and must not meet another's line under way.
        var opened = new CyclicBarrier(8);
        for (int i = 0; i < 8; i++) {
            String dyno = "worker." + i;
            threads.add(Thread.ofPlatform().start(() -> appendThousand(dyno, opened)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, Integer> next = new HashMap<>();
        for (String text : Files.readAllLines(path)) {
            LogLine line = LogLine.parse(text).orElseThrow(() -> new AssertionError(text));
            int number = next.merge(line.process(), 1, Integer::sum);
            assertThat(line.message()).isEqualTo(number + " " + "x".repeat(number));
        }
        assertThat(next).hasSize(8).allSatisfy((_, count) -> assertThat(count).isEqualTo(1000));
    }

    private void appendThousand(String dyno, CyclicBarrier opened) {
        try (LogFile log = LogFile.open(path)) {
            opened.await();
            for (int i = 1; i <= 1000; i++) {
                log.append(LogLine.app(NOON, dyno, i + " " + "x".repeat(i)));
            }
        } catch (IOException | InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatAFullDiskSwallowedIsToldWhenThereIsRoomAgain() throws IOException {
        Disk disk = new Disk(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
        try (LogFile log = new LogFile(disk, false)) {
            log.append(line("one"));
            disk.full = true;
            log.append(line("two"));
            log.append(line("three"));
            assertThat(log.dropped()).isEqualTo(2);
            disk.full = false;
            log.append(line("four"));
            log.append(line("five"));
            assertThat(log.dropped()).isZero();
        }
        assertThat(Files.readAllLines(path))
                .containsExactly(
                        START + "one",
                        (START + "two").substring(0, 40),
                        "2026-11-23T12:00:00.000000+00:00 heroku[logplex]: Error L12: 2 messages"
                                + " dropped since 2026-11-23T12:00:00.000000+00:00.",
                        START + "four",
                        START + "five");
    }

    @Test
    void aBlockOfLinesIsWrittenByOneWriteAndCountedAsLines() throws IOException {
        Disk disk = new Disk(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
        try (LogFile log = new LogFile(disk, false)) {
            append(log, "one", "two");
            disk.full = true;
            append(log, "three", "four", "five");
            log.append(line("six"));
            assertThat(log.dropped()).isEqualTo(4);
            disk.full = false;
            append(log, "seven", "eight");
            assertThat(log.dropped()).isZero();
        }
        assertThat(Files.readAllLines(path))
                .containsExactly(
                        START + "one",
                        START + "two",
                        (START + "three").substring(0, 40),
                        "2026-11-23T12:00:00.000000+00:00 heroku[logplex]: Error L12: 4 messages"
                                + " dropped since 2026-11-23T12:00:00.000000+00:00.",
                        START + "seven",
                        START + "eight");
    }

    @Test
    void aBlockEndsTheLineOfAKilledWriterFirst() throws IOException {
        Files.writeString(path, START + "on");
        try (LogFile log = LogFile.open(path)) {
            append(log, "two", "three");
        }
        assertThat(Files.readAllLines(path))
                .containsExactly(START + "on", START + "two", START + "three");
    }

    // As it is used: in an array that has room for more.
    private static void append(LogFile log, String... messages) {
        StringBuilder lines = new StringBuilder();
        for (String message : messages) {
            lines.append(line(message).format()).append('\n');
        }
        byte[] bytes = lines.append("more").toString().getBytes(StandardCharsets.UTF_8);
        log.append(NOON, bytes, bytes.length - "more".length(), messages.length);
    }

    /** A disk that, when full, has room for 40 bytes more. */
    private static final class Disk extends OutputStream {
        private final OutputStream file;
        private boolean full;
        private int room = 40;

        Disk(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("a line is written by one write");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!full) {
                file.write(bytes, from, length);
                return;
            }
            int part = Math.min(room, length);
            file.write(bytes, from, part);
            room -= part;
            throw new IOException("No space left on device");
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private void append(LogLine line) throws IOException {
        try (LogFile log = LogFile.open(path)) {
            log.append(line);
        }
    }

    private static LogLine line(String message) {
        return LogLine.app(NOON, "run.1", message);
    }
}
