package dev.dyno.output;

import dev.dyno.log.LogFile;
import dev.dyno.output.Output.Source;
import dev.dyno.output.Output.Stream;
import dev.dyno.process.Posix;
import dev.dyno.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An output with pipes for its stdout and stderr, and dynos that write what a test says. */
final class Stage implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T07:29:55.123456Z");

    final AtomicInteger lost = new AtomicInteger();
    final Output output;
    private final Path directory;
    private final int[] out = Posix.privatePipe();
    private final int[] err = Posix.privatePipe();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final List<Thread> readers = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private boolean outClosed;

    Stage(Path directory, Format format) {
        this(directory, format, Palette.PLAIN, false);
    }

    Stage(Path directory, Format format, Palette palette, boolean terminal) {
        this.directory = directory;
        output =
                new Output(
                        format,
                        new Target(out[1], palette, terminal),
                        new Target(err[1], palette, terminal),
                        ZoneOffset.UTC,
                        InstantSource.fixed(NOW),
                        lost::incrementAndGet);
        readers.add(Thread.ofPlatform().start(() -> readAll(err[0], complained)));
    }

    /** A dyno's stdout. */
    Writer dyno(String name) {
        return dyno(name, Stream.STDOUT);
    }

    Writer dyno(String name, Stream stream) {
        int[] pipe = Posix.privatePipe();
        return new Writer(name, stream, pipe[0], pipe[1]);
    }

    /** A dyno on a pseudo-terminal whose master side this is. */
    Writer onTerminal(String name, int master) {
        return new Writer(name, Stream.TERMINAL, master, -1);
    }

    /** Begins to read what is printed, to the end. */
    void readStdout() {
        readers.add(Thread.ofPlatform().start(() -> readAll(out[0], printed)));
    }

    /** Blocks until so much has been printed. */
    String readStdout(int count) {
        while (printed.size() < count) {
            if (!readOnce(out[0], printed, count - printed.size())) {
                throw new AssertionError("the end, after " + printed);
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    void leave() {
        outClosed = true;
        Posix.close(out[0]);
    }

    /** All dynos end, and all there is has been printed. */
    Stage end() throws InterruptedException {
        if (readers.size() == 1 && !outClosed) {
            readStdout();
        }
        for (Writer writer : writers) {
            writer.end();
        }
        output.close();
        Posix.close(out[1]);
        Posix.close(err[1]);
        for (Thread reader : readers) {
            reader.join();
        }
        return this;
    }

    byte[] bytes() {
        return printed.toByteArray();
    }

    String stdout() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    String stderr() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    byte[] log(String dyno) {
        try {
            return Files.readAllBytes(directory.resolve(dyno + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        output.abandon();
    }

    private static void readAll(int fd, ByteArrayOutputStream to) {
        boolean more = true;
        while (more) {
            more = readOnce(fd, to, 1 << 16);
        }
        Posix.close(fd);
    }

    private static boolean readOnce(int fd, ByteArrayOutputStream to, int most) {
        var buffer = ByteBuffer.allocateDirect(most);
        int count = (int) Posix.read(fd, buffer, most);
        if (count > 0) {
            var bytes = new byte[count];
            buffer.get(bytes);
            to.writeBytes(bytes);
        }
        return count > 0;
    }

    /** What a dyno's programs write. */
    final class Writer {
        final int fd;
        private final Source source;
        private final LogFile log;
        private final CountDownLatch done = new CountDownLatch(1);
        private boolean ended;

        private Writer(String name, Stream stream, int from, int to) {
            fd = to;
            Path path = directory.resolve(name + ".log");
            try {
                log = Files.exists(path) ? LogFile.open(path) : LogFile.create(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            source = output.read(from, name, stream, log);
            writers.add(this);
        }

        void write(String text) {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte... bytes) {
            var buffer = ByteBuffer.allocateDirect(Math.max(1, bytes.length)).put(bytes).flip();
            while (buffer.hasRemaining()) {
                int count = (int) Posix.write(fd, buffer.slice(), buffer.remaining());
                if (count < 0) {
                    throw new AssertionError("nobody reads: errno " + Posix.errno());
                }
                buffer.position(buffer.position() + count);
            }
        }

        /** The dyno's processes are gone, and all they wrote has been taken. */
        void end() throws InterruptedException {
            if (!ended) {
                if (fd >= 0) {
                    Posix.close(fd);
                }
                finish();
            }
        }

        /** As {@link #end}, but somebody still has the descriptor. */
        void finish() throws InterruptedException {
            ended = true;
            source.finish(done::countDown);
            done.await();
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
