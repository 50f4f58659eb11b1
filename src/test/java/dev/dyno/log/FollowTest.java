package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
    private static final Instant NOON = Instant.parse("2024-10-17T12:00:00Z");
    private static final String END = "the end";

    @TempDir private Path directory;

    private final BlockingQueue<LogLine> seen = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stopReading() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void theLastLinesComeFirstAndThenTheNewOnes() throws Exception {
        append("run.1", "a", "b", "c");
        follow(2);
        assertThat(next(2)).containsExactly("b", "c");
        append("run.1", "d");
        assertThat(next(1)).containsExactly("d");
        append("run.1", "e", "f");
        assertThat(next(2)).containsExactly("e", "f");
    }

    @Test
    void aDynoThatStartsLaterIsFollowedToo() throws Exception {
        append("run.1", "a");
        follow(10);
        assertThat(next(1)).containsExactly("a");
        append("run.2", "b");
        assertThat(next(1)).containsExactly("b");
        append("run.2", "c");
        append("run.1", "d");
        assertThat(next(2)).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void aDirectoryThatAppearsLaterIsFollowedToo() throws Exception {
        Path later = directory.resolve("later");
        follow(later, 10);
        Files.createDirectory(later);
        append(later.resolve("run.1.log"), "a");
        assertThat(next(1)).containsExactly("a");
    }

    @Test
    void aLineIsHeldUntilItIsWhole() throws Exception {
        append("run.1", "a");
        Path path = directory.resolve("run.1.log");
        String line = line("b").format();
        Files.writeString(path, line.substring(0, 40), StandardOpenOption.APPEND);
        follow(10);
        assertThat(next(1)).containsExactly("a");
        Files.writeString(path, line.substring(40, 46), StandardOpenOption.APPEND);
        append("run.2", "meanwhile");
        assertThat(next(1)).containsExactly("meanwhile");
        Files.writeString(path, line.substring(46) + "\n", StandardOpenOption.APPEND);
        assertThat(next(1)).containsExactly("b");
    }

    @Test
    void aFileThatIsCutShortOrReplacedIsReadAnew() throws Exception {
        append("run.1", "a", "b");
        follow(10);
        assertThat(next(2)).containsExactly("a", "b");
        Path path = directory.resolve("run.1.log");

        Files.writeString(path, line("c").format() + "\n");
        assertThat(next(1)).containsExactly("c");

        Path other = directory.resolve("other");
        append(other, "d", "e", "f");
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(next(3)).containsExactly("d", "e", "f");

        Files.delete(path);
        append("run.1", "g", "h", "i", "j");
        assertThat(next(4)).containsExactly("g", "h", "i", "j");
    }

    @Test
    void aBacklogThatIsLongerThanAPortionComesWhole() throws Exception {
        append("run.1", "a");
        follow(1);
        assertThat(next(1)).containsExactly("a");
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            messages.add(i + " " + "x".repeat(i % 100));
        }
        messages.add("y".repeat(1_000_000));
        append("run.1", messages.toArray(String[]::new));
        assertThat(next(20_001)).isEqualTo(messages);
    }

    @Test
    void nothingIsLostOrSeenTwiceWhileEverybodyWrites() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String dyno = "worker." + i;
            writers.add(Thread.ofPlatform().start(() -> write500(dyno)));
        }
        follow(Integer.MAX_VALUE);
        follow(Integer.MAX_VALUE, Changes.polled(directory));
        for (Thread writer : writers) {
            writer.join();
        }
        List<String> messages = next(2 * 4 * 500);
        for (int i = 0; i < 4; i++) {
            for (int n = 0; n < 500; n++) {
                String message = "worker." + i + " " + n;
                assertThat(messages).filteredOn(message::equals).hasSize(2);
            }
        }
        assertThat(seen).isEmpty();
    }

    private void write500(String dyno) {
        try (LogFile log = LogFile.create(directory.resolve(dyno + ".log"))) {
            for (int n = 0; n < 500; n++) {
                log.append(LogLine.app(NOON.plusMillis(n), dyno, dyno + " " + n));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void followingEndsWhenTheReaderHasHadEnough() throws Exception {
        append("run.1", "a");
        Thread follower = follow(10);
        append("run.1", END);
        assertThat(next(2)).containsExactly("a", END);
        follower.join();
    }

    @Test
    void withoutAWatchServiceTheDirectoryIsPolled() throws Exception {
        append("run.1", "a");
        follow(10, Changes.polled(directory));
        assertThat(next(1)).containsExactly("a");
        append("run.1", "b");
        append("run.2", "c");
        assertThat(next(2)).containsExactlyInAnyOrder("b", "c");
    }

    private Thread follow(int count) {
        return follow(directory, count);
    }

    private Thread follow(Path logs, int count) {
        return start(() -> new Logs(logs).follow(count, LogFilter.EVERYTHING, this::read));
    }

    private void follow(int count, Changes changes) {
        start(() -> new Logs(directory).follow(count, LogFilter.EVERYTHING, this::read, changes));
    }

    private boolean read(List<LogLine> lines) {
        assertThat(lines).isNotEmpty();
        seen.addAll(lines);
        return lines.stream().noneMatch(line -> line.message().equals(END));
    }

    private interface Following {
        void run() throws IOException, InterruptedException;
    }

    private Thread start(Following following) {
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                following.run();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            } catch (InterruptedException e) {
                                // The test is over.
                            }
                        });
        threads.add(thread);
        return thread;
    }

    private List<String> next(int count) throws InterruptedException {
        List<String> messages = new ArrayList<>();
        while (messages.size() < count) {
            LogLine line = seen.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("after %s lines", messages.size()).isNotNull();
            messages.add(line.message());
        }
        return messages;
    }

    private void append(String dyno, String... messages) throws IOException {
        append(directory.resolve(dyno + ".log"), messages);
    }

    private static void append(Path path, String... messages) throws IOException {
        if (Files.notExists(path)) {
            LogFile.create(path).close();
        }
        try (LogFile log = LogFile.open(path)) {
            for (String message : messages) {
                log.append(line(message));
            }
        }
    }

    private static LogLine line(String message) {
        return LogLine.app(NOON, "run.1", message);
    }
}
