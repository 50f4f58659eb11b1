package dev.dyno.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads stdout may be slow, or leave. */
@Timeout(60)
class ReaderTest {
    private static final int LINES = 40_000;
    private static final String LINE = "x".repeat(99) + "\n";
    private static final int ANY_PIPE_AND_OUR_BUFFERS = 1_000_000;

    @TempDir private Path directory;

    @Test
    void aSlowReaderBoundsMemoryAndLosesNothing() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            var written = new AtomicInteger();
            Thread writer = writeAll(dyno, written);
            awaitStalled(stage, dyno);
            assertThat(written.get() * LINE.length()).isLessThan(ANY_PIPE_AND_OUR_BUFFERS);
            stage.readStdout();
            writer.join();
            assertThat(stage.end().stdout()).isEqualTo(LINE.repeat(LINES));
            assertThat(stage.output.stalled()).isZero();
            assertThat(stage.lost).hasValue(0);
        }
    }

    @Test
    void aStalledReaderCanBeGivenUpAndTheLogIsWhole() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            var written = new AtomicInteger();
            Thread writer = writeAll(dyno, written);
            awaitStalled(stage, dyno);
            Posix.close(dyno.fd);
            stage.output.abandon();
            writer.join();
            assertThat(stage.log("web.1"))
                    .asString(StandardCharsets.UTF_8)
                    .hasLineCount(written.get());
            assertThat(stage.lost).hasValue(0);
        }
    }

    private static Thread writeAll(Stage.Writer dyno, AtomicInteger written) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        for (int i = 0; i < LINES; i++) {
                            dyno.write(LINE);
                            written.incrementAndGet();
                        }
                    } catch (AssertionError e) {
                        // The output was abandoned.
                    }
                });
    }

    private static void awaitStalled(Stage stage, Stage.Writer dyno) {
        var poll = new Poll(dyno.fd);
        poll.want(0, Posix.POLLOUT);
        while (stage.output.stalled().isZero() || poll.await(0)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderThatLeavesIsReportedOnceAndTheLogGoesOn() throws Exception {
        try (var stage = new Stage(directory, Format.RAW)) {
            Stage.Writer dyno = stage.dyno("web.1");
            dyno.write("one\n");
            assertThat(stage.readStdout(4)).isEqualTo("one\n");
            stage.leave();
            for (int i = 0; i < 100; i++) {
                dyno.write(LINE);
                stage.output.notice("web.1", "is heard on stderr", true);
            }
            stage.end();
            assertThat(stage.lost).hasValue(1);
            assertThat(stage.log("web.1")).asString(StandardCharsets.UTF_8).hasLineCount(101);
            assertThat(stage.stderr()).hasLineCount(100);
        }
    }
}
