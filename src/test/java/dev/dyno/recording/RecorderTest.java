package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.terminal.WindowSize;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file, whatever bytes come in whatever pieces onto whatever disk. */
class RecorderTest {
    private static final Header HEADER =
            new Header(80, 24, 1504467315, "rake \"a\\b\"\n", "run.1 of <app>", "xterm");

    @TempDir Path directory = Path.of("");

    @Test
    void theFileIsWhatTheFormatsDescriptionSays() throws Exception {
        var clock = new AtomicLong(5_000_000_000L);
        Path file = directory.resolve("recording.cast");
        try (Recorder recorder = Recorder.begin(file, HEADER, true, clock::get)) {
            clock.addAndGet(1_248_848_500);
            show(recorder, "\033[1mHällo\"\\\r\n\007".getBytes(StandardCharsets.UTF_8));
            recorder.resized(new WindowSize(24, 80, 0, 0));
            recorder.resized(new WindowSize(30, 90, 0, 0));
            clock.addAndGet(1_000);
            recorder.input(ByteBuffer.wrap(new byte[] {'q'}));
            recorder.exited(3);
        }
        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        {"version": 2, "width": 80, "height": 24, "timestamp": 1504467315, "command": "rake \\"a\\\\b\\"\\n", "title": "run.1 of <app>", "env": {"TERM": "xterm"}}
                        [1.248848, "o", "\\u001b[1mHällo\\"\\\\\\r\\n\\u0007"]
                        [1.248848, "r", "90x30"]
                        [1.248849, "i", "q"]
                        [1.248849, "x", "3"]
                        """);
        assertThat(StrictCast.read(file).header())
                .containsEntry("command", "rake \"a\\b\"\n")
                .containsEntry("version", "2");
    }

    @Test
    void aCharacterThatAReadCutsIsWhole() throws Exception {
        byte[] bytes = "a😀é".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path file = directory.resolve("cut");
            try (Recorder recorder = begin(file)) {
                show(recorder, Arrays.copyOf(bytes, cut));
                show(recorder, Arrays.copyOfRange(bytes, cut, bytes.length));
            }
            assertThat(StrictCast.read(file).all('o')).as("cut at " + cut).isEqualTo("a😀é");
        }
    }

    @Test
    void whatIsNoCharacterIsReplacedAsAsciinemaDoes() throws Exception {
        Path file = directory.resolve("wrong");
        try (Recorder recorder = begin(file)) {
            // A half of a surrogate, one that is too long, one beyond the last, one that is cut.
            show(recorder, hex("41eda08042c0af43f490808044f09f98"));
            recorder.exited(0);
        }
        assertThat(StrictCast.read(file).all('o'))
                .isEqualTo("A\ufffd\ufffd\ufffdB\ufffd\ufffdC\ufffd\ufffd\ufffd\ufffdD\ufffd");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void anyBytesInAnyPiecesAreTheTextTheyAreAsAWhole() throws Exception {
        Random chance = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = bytes(chance);
            Path file = directory.resolve("any");
            try (Recorder recorder = begin(file)) {
                int from = 0;
                while (from < bytes.length) {
                    int to = Math.min(bytes.length, from + 1 + chance.nextInt(6));
                    show(recorder, Arrays.copyOfRange(bytes, from, to));
                    from = to;
                }
            }
            StrictCast cast = StrictCast.read(file);
            assertThat(cast.all('o'))
                    .as("round " + round)
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            try (CastReader ours = CastReader.open(file)) {
                for (Event event : cast.events()) {
                    assertThat(ours.next()).isEqualTo(event);
                }
                assertThat(ours.next()).isNull();
            }
        }
    }

    /** Whole characters of all lengths, halves of them, and noise. */
    private static byte[] bytes(Random chance) {
        var bytes = ByteBuffer.allocate(400);
        while (bytes.remaining() > 8) {
            switch (chance.nextInt(4)) {
                case 0 -> bytes.put((byte) chance.nextInt(256));
                case 1 -> bytes.put((byte) chance.nextInt(128));
                case 2 -> bytes.put(character(chance));
                default -> {
                    byte[] whole = character(chance);
                    bytes.put(whole, 0, 1 + chance.nextInt(whole.length));
                }
            }
        }
        byte[] all = Arrays.copyOf(bytes.array(), bytes.position());
        for (int i = 1; i < all.length; i++) {
            if (all[i - 1] == (byte) 0xed && (all[i] & 0xe0) == 0xa0) {
                all[i] = 'e'; // the half of a surrogate, which Java counts in another way
            }
        }
        return all;
    }

    private static byte[] character(Random chance) {
        int[] borders = {
            0x7f, 0x80, 0x9f, 0xa0, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff
        };
        int c = borders[chance.nextInt(borders.length)];
        return Character.toString(c).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFullDiskEndsTheRecordingAndNothingElse() throws Exception {
        Path file = directory.resolve("small");
        // The disk is a pipe that takes the header, and then no more.
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        var header = new CountDownLatch(1);
        Thread disk =
                Thread.startVirtualThread(() -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        assertThat(in.read()).isEqualTo('{');
                        header.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        Recorder recorder = begin(file);
        try (recorder) {
            header.countDown();
            disk.join();
            for (int i = 0; i < 1000; i++) {
                show(recorder, new byte[8192]);
            }
            recorder.exited(0);
        }
        assertThat(recorder.problem()).isPresent();
    }

    @Test
    void aSlowDiskIsWaitedForAndNothingIsLost() throws Exception {
        Path file = directory.resolve("slow");
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        var shown = new AtomicLong();
        Thread session =
                Thread.startVirtualThread(() -> {
                    try (Recorder recorder = begin(file)) {
                        for (int i = 0; i < 2000; i++) {
                            show(recorder, "x".repeat(4096).getBytes(StandardCharsets.UTF_8));
                            shown.incrementAndGet();
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(in.read()).isEqualTo('{');
            // Nobody reads on: what is shown comes to a halt long before its eight megabytes.
            long before = -1;
            while (shown.get() != before || before == 0) {
                before = shown.get();
                assertThat(session.join(Duration.ofMillis(500))).isFalse();
            }
            assertThat(before).isLessThan(1200);
            long x =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == 'x')
                            .count();
            assertThat(x).isGreaterThanOrEqualTo(2000L * 4096);
        }
        assertThat(session.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aTornLastLineIsLeftOut() throws Exception {
        Path file = directory.resolve("torn");
        try (Recorder recorder = begin(file)) {
            show(recorder, "kept".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(file, Files.readString(file) + "[9.1, \"o\", \"to");
        try (CastReader reader = CastReader.open(file)) {
            assertThat(reader.next()).extracting("data").isEqualTo("kept");
            assertThat(reader.next()).isNull();
        }
    }

    private static Recorder begin(Path file) throws Exception {
        return Recorder.begin(file, HEADER, false, System::nanoTime);
    }

    private static void show(Recorder recorder, byte[] bytes) {
        recorder.output(ByteBuffer.wrap(bytes));
    }
}
