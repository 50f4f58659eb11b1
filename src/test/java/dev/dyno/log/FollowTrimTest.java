package dev.dyno.log;

import static dev.dyno.log.NumberedLines.NOON;
import static dev.dyno.log.NumberedLines.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a log sees each line once, however often the log is trimmed meanwhile. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowTrimTest {
    private static final Retention SMALL = new Retention(8000, 2000);

    /** So many lines are never longer than what lies between two trims. */
    private static final int BEHIND = 6000 / 200;

    @TempDir private Path directory;

    private final NumberedLines lines = new NumberedLines(11);

    @Test
    void eachLineComesOnceAndInOrderThroughThousandsOfTrims() throws Exception {
        int count = 130_000; // of some 100 bytes each: more than 2000 trims
        var mayWrite = new Semaphore(BEHIND);
        Thread writer =
                start(() -> {
                    Random random = new Random(12);
                    try (LogFile log = LogFile.create(path("web.1"), SMALL)) {
                        while (lines.written() < count) {
                            int many =
                                    Math.min(1 + random.nextInt(BEHIND), count - lines.written());
                            mayWrite.acquire(many);
                            if (random.nextBoolean()) {
                                lines.append(log, many);
                            } else {
                                lines.appendBlock(log, many);
                            }
                        }
                    }
                });
        assertSeenOnceInOrder(count, mayWrite, Changes.in(directory));
        writer.join();
    }

    @Test
    void whoOnlyLooksNowAndThenSeesEachLineOnceToo() throws Exception {
        int count = 900;
        var mayWrite = new Semaphore(BEHIND);
        Thread writer =
                start(() -> {
                    try (LogFile log = LogFile.create(path("web.1"), SMALL)) {
                        while (lines.written() < count) {
                            mayWrite.acquire();
                            lines.append(log, 1);
                        }
                    }
                });
        assertSeenOnceInOrder(count, mayWrite, Changes.polled(directory));
        writer.join();
    }

    private void assertSeenOnceInOrder(int count, Semaphore mayWrite, Changes changes)
            throws IOException, InterruptedException {
        int[] next = {0};
        try (changes) {
            logs().follow(
                            Integer.MAX_VALUE,
                            LogFilter.EVERYTHING,
                            seen -> {
                                for (LogLine line : seen) {
                                    assertThat(number(line)).isEqualTo(next[0]++);
                                }
                                mayWrite.release(seen.size());
                                return next[0] < count;
                            },
                            changes);
        }
        assertThat(next[0]).isEqualTo(count);
    }

    @Test
    void linesThatAreAllTheSameAreCounted() throws Exception {
        int blocks = 10_000;
        byte[] three =
                (LogLine.app(NOON, "web.1", "yes").format() + "\n")
                        .repeat(3)
                        .getBytes(StandardCharsets.US_ASCII);
        var mayWrite = new Semaphore(BEHIND);
        Thread writer =
                start(() -> {
                    try (LogFile log = LogFile.create(path("web.1"), SMALL)) {
                        for (int i = 0; i < blocks; i++) {
                            mayWrite.acquire(3);
                            log.append(NOON, three, three.length, 3);
                        }
                        mayWrite.acquire(BEHIND);
                        log.append(LogLine.app(NOON, "web.1", "no"));
                    }
                });
        int[] counted = {0};
        logs().follow(
                        Integer.MAX_VALUE,
                        LogFilter.EVERYTHING,
                        seen -> {
                            counted[0] += seen.size();
                            mayWrite.release(seen.size());
                            return !seen.getLast().message().equals("no");
                        });
        assertThat(counted[0]).isEqualTo(3 * blocks + 1);
        writer.join();
    }

    @Test
    void theLastLinesAndWhatFollowsThemFitTogetherWheneverFollowingBegins() throws Exception {
        LogFile.create(path("web.1"), SMALL).close();
        for (int round = 0; round < 100; round++) {
            try (LogFile log = LogFile.openOrCreate(path("web.1"), SMALL)) {
                lines.append(log, round);
            }
            var mayWrite = new Semaphore(BEHIND);
            var stop = new CountDownLatch(1);
            Thread writer =
                    start(() -> {
                        try (LogFile log = LogFile.openOrCreate(path("web.1"), SMALL)) {
                            while (stop.getCount() > 0) {
                                mayWrite.acquire();
                                lines.append(log, 1);
                            }
                        }
                    });
            List<Integer> seen = new ArrayList<>();
            logs().follow(
                            5,
                            LogFilter.EVERYTHING,
                            some -> {
                                some.forEach(line -> seen.add(number(line)));
                                mayWrite.release(some.size());
                                return seen.size() < 300;
                            });
            for (int i = 1; i < seen.size(); i++) {
                assertThat(seen.get(i)).as("%s in round %s", i, round).isEqualTo(seen.get(0) + i);
            }
            stop.countDown();
            mayWrite.release();
            writer.join();
        }
    }

    @Test
    void whoIsFarBehindMissesLinesButSeesNoneTwice() throws Exception {
        try (LogFile log = LogFile.create(path("web.1"), SMALL)) {
            List<Integer> seen = new ArrayList<>();
            lines.append(log, 10);
            logs().follow(
                            100,
                            LogFilter.EVERYTHING,
                            some -> {
                                some.forEach(line -> seen.add(number(line)));
                                if (lines.written() < 10_000) {
                                    lines.append(log, 700); // several trims, before it reads on
                                }
                                return seen.getLast() + 1 < lines.written();
                            });
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(seen.getLast()).isEqualTo(lines.written() - 1);
            assertThat(seen.subList(0, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void theMergeOfSeveralLogsKeepsEachOnesOrder() throws Exception {
        int each = 5000;
        var mayWrite = new Semaphore(BEHIND);
        List<Thread> writers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String dyno = "worker." + i;
            writers.add(
                    start(() -> {
                        try (LogFile log = LogFile.create(path(dyno), SMALL)) {
                            for (int n = 0; n < each; n++) {
                                mayWrite.acquire();
                                log.append(LogLine.app(NOON.plusMillis(n), dyno, n + " "));
                            }
                        }
                    }));
        }
        int[] next = new int[4];
        logs().follow(
                        Integer.MAX_VALUE,
                        LogFilter.EVERYTHING,
                        seen -> {
                            for (LogLine line : seen) {
                                int dyno = line.process().charAt("worker.".length()) - '0';
                                assertThat(number(line)).isEqualTo(next[dyno]++);
                            }
                            mayWrite.release(seen.size());
                            return next[1] + next[2] + next[3] < 3 * each;
                        });
        assertThat(next).containsExactly(0, each, each, each);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    @Test
    void anUnfinishedLineAtATrimComesWhole() throws Exception {
        LogFile.create(path("web.1")).close();
        try (LogFile log = LogFile.open(path("web.1"))) {
            lines.append(log, 200);
        }
        Files.writeString(path("web.1"), "garbage", StandardOpenOption.APPEND);
        List<Integer> seen = new ArrayList<>();
        logs().follow(
                        3,
                        LogFilter.EVERYTHING,
                        some -> {
                            some.forEach(line -> seen.add(number(line)));
                            if (seen.size() == 3) {
                                appendOnce();
                            }
                            return seen.size() < 5;
                        });
        assertThat(seen).containsExactly(197, 198, 199, 200, 201);
    }

    private void appendOnce() {
        try (LogFile log = LogFile.openOrCreate(path("web.1"), SMALL)) {
            lines.append(log, 2);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Logs logs() {
        return new Logs(directory, SMALL);
    }

    private Path path(String dyno) {
        return directory.resolve(dyno + ".log");
    }

    private interface Writing {
        void run() throws IOException, InterruptedException;
    }

    private static Thread start(Writing writing) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        writing.run();
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
