package dev.dyno.log;

import static dev.dyno.log.NumberedLines.assertConsecutiveUpTo;
import static dev.dyno.log.NumberedLines.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log is trimmed, and something is in the way. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrimFaultTest {
    private static final Retention SMALL = new Retention(4000, 1000);

    @TempDir private Path directory;
    private Path path;
    private final NumberedLines lines = new NumberedLines(7);

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("web.1.log");
    }

    @Test
    void aFullDiskLeavesAllLinesUntilThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()),
                "may not mount");
        try {
            Path other = Files.write(disk.resolve("other"), new byte[(1 << 20) - 300_000]);
            Path full = disk.resolve("web.1.log");
            try (LogFile log = LogFile.create(full, new Retention(256_000, 128_000))) {
                while (log.dropped() == 0) {
                    lines.append(log, 1);
                }
                int lost = lines.written() - 1;
                assertThat(Files.size(full)).isGreaterThan(256_000);
                assertThat(read(disk)).hasSize(lost);
                assertConsecutiveUpTo(lost - 1, read(disk));

                Files.delete(other);
                lines.append(log, 1);
                assertThat(log.dropped()).isZero();
                assertThat(Files.size(full)).as("not tried at each line").isGreaterThan(256_000);

                int after = lines.written();
                while (Files.size(full) > 256_000) {
                    lines.append(log, 1);
                }
                assertThat(Files.size(full)).isBetween(127_000L, 129_000L);
                assertThat(lines.written()).isGreaterThan(after);
                assertThat(read(disk))
                        .anyMatch(line -> line.message().contains("Error L12: 1 mess"));
                List<LogLine> app = new ArrayList<>(read(disk));
                app.removeIf(line -> line.source().equals("heroku"));
                List<LogLine> since = app.stream().filter(line -> number(line) > lost).toList();
                assertConsecutiveUpTo(lines.written() - 1, since);
                assertThat(number(since.getFirst())).isEqualTo(lost + 1);
                app.removeAll(since);
                assertConsecutiveUpTo(lost - 1, app);
            }
            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).containsExactly(full);
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        Files.createSymbolicLink(path, target);
        assertThatThrownBy(() -> LogFile.openOrCreate(path)).isInstanceOf(IOException.class);
        Files.delete(path);
        assertThat(run("mkfifo", path.toString())).isTrue();
        assertThatThrownBy(() -> LogFile.openOrCreate(path)).isInstanceOf(IOException.class);
        assertThat(target).hasContent("mine");
    }

    @Test
    void whatIsNoFileIsNotTouchedByATrim() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        for (String make : List.of("ln -s target", "mkfifo", "mkdir")) {
            try (LogFile log = LogFile.create(path, SMALL)) {
                Files.delete(path);
                assertThat(run("sh", "-c", "cd '" + directory + "' && " + make + " web.1.log"))
                        .isTrue();
                lines.append(log, 500);
                assertThat(log.dropped()).isZero();
            }
            assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
            Files.delete(path);
            assertThat(target).hasContent("mine");
        }
    }

    @Test
    void whatHasTheNameOfTheNewFileIsNotWrittenTo() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        Path part = directory.resolve("web.1.log.part");
        Files.createSymbolicLink(part, target);
        try (LogFile log = LogFile.create(path, SMALL)) {
            lines.append(log, 500);
            Files.writeString(part, "of a writer that was killed");
            lines.append(log, 500);
        }
        assertThat(target).hasContent("mine");
        Files.delete(target);
        assertOnlyTheLogIsThere();
        assertConsecutiveUpTo(999, read());
    }

    @Test
    void aLogThatSomebodyRemovedIsThereAgainInsteadOfFillingTheDiskUnseen() throws IOException {
        try (LogFile log = LogFile.create(path, SMALL)) {
            lines.append(log, 10);
            Files.delete(path);
            lines.append(log, 500);
        }
        assertConsecutiveUpTo(509, read());
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

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
