package dev.dyno.recording;

import dev.dyno.terminal.WindowSize;
import dev.dyno.terminal.Witness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records a terminal session into a file while it goes on. Whoever shows it something does not wait
 * for the disk: another thread writes whole lines five times a second, so that after a kill the
 * file lacks a moment at most. Where the disk does not take it, the recording ends and the session
 * goes on.
 */
public final class Recorder implements Witness, AutoCloseable {
    private final FileChannel file;
    private final LongSupplier clock;
    private final long began;
    private final boolean withInput;
    private final Backlog backlog = new Backlog();
    private final CastLines lines = new CastLines();
    private final Thread writer;
    private WindowSize size;
    private long written;
    private long last;
    private volatile @Nullable String problem;

    private Recorder(FileChannel file, Header header, boolean withInput, LongSupplier clock) {
        this.file = file;
        this.clock = clock;
        this.began = clock.getAsLong();
        this.withInput = withInput;
        this.size = new WindowSize(header.rows(), header.columns(), 0, 0);
        lines.header(header);
        writer = Thread.ofPlatform().name("recorder").daemon().unstarted(this::write);
    }

    /**
     * Begins a recording; its header is in the file when this returns.
     *
     * @param withInput whether what the user types is recorded too
     * @param clock in nanoseconds, from any time on
     * @throws IOException where the file cannot be made or written to
     */
    public static Recorder begin(Path file, Header header, boolean withInput, LongSupplier clock)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        var recorder = new Recorder(channel, header, withInput, clock);
        try {
            recorder.flush();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        recorder.writer.start();
        return recorder;
    }

    @Override
    public void output(ByteBuffer bytes) {
        backlog.add(Event.OUTPUT, micros(), bytes);
    }

    @Override
    public boolean wantsInput() {
        return withInput;
    }

    @Override
    public void input(ByteBuffer bytes) {
        backlog.add(Event.INPUT, micros(), bytes);
    }

    @Override
    public synchronized void resized(WindowSize now) {
        if (now.rows() != size.rows() || now.columns() != size.columns()) {
            size = now;
            add(Event.RESIZE, now.columns() + "x" + now.rows());
        }
    }

    /** The program has ended with this status. */
    public void exited(int status) {
        add(Event.EXIT, Integer.toString(status));
    }

    /** Why the recording has an end before its time; told once it is closed. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void add(char kind, String data) {
        backlog.add(kind, micros(), ByteBuffer.wrap(data.getBytes(StandardCharsets.US_ASCII)));
    }

    private long micros() {
        return (clock.getAsLong() - began) / 1000;
    }

    private void write() {
        try {
            while (true) {
                ByteBuffer events = backlog.take();
                if (!events.hasRemaining()) {
                    lines.end(last);
                    flush();
                    return;
                }
                while (events.hasRemaining()) {
                    line(events);
                }
                flush();
            }
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
            backlog.end();
            cut();
        }
    }

    private void line(ByteBuffer events) {
        char kind = (char) events.get();
        long micros = Math.max(events.getLong(), last); // two threads may have met on the way
        var data = new byte[events.getInt()];
        events.get(data);
        last = micros;
        if (kind == Event.EXIT) {
            lines.end(micros);
        }
        if (kind == Event.OUTPUT || kind == Event.INPUT) {
            lines.bytes(micros, kind, data);
        } else {
            lines.plain(micros, kind, new String(data, StandardCharsets.US_ASCII));
        }
    }

    private void flush() throws IOException {
        ByteBuffer bytes = lines.text().buffer();
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        written += count;
        lines.clear();
    }

    /** Takes back the line of which only a part has found room. */
    private void cut() {
        try {
            file.truncate(written);
        } catch (IOException e) {
            // Whoever reads it does without a torn line.
        }
    }

    /** Returns when all is in the file. */
    @Override
    public void close() {
        backlog.end();
        try {
            writer.join();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
    }
}
