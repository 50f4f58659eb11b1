package dev.dyno.output;

import dev.dyno.log.LineStart;
import dev.dyno.log.LogFile;
import dev.dyno.output.Output.Stream;
import dev.dyno.process.Posix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A descriptor that a dyno's programs write to, and what of a line has come from it so far. */
final class Feed {
    /** More than any pipe or terminal holds: what comes behind it was written after the end. */
    private static final int LONGEST_TAIL = 1 << 20;

    /** So long a descriptor that someone escaped with is listened to after the last byte. */
    private static final long PATIENCE_NANOS = 200_000_000;

    /** When less comes, there is no more for now. */
    private static final int SHORT = 2048;

    private static final long SHORTEST_REST_NANOS = 1_000_000;
    private static final long LONGEST_REST_NANOS = 64_000_000;

    /** What a look at the descriptor found. */
    enum Found {
        BYTES,
        NOTHING,
        END
    }

    final int fd;
    final String dyno;
    final byte[] name;
    final Stream stream;
    final LogFile log;
    final LineStart start;

    private byte[] held = {};
    private int heldCount;
    private boolean heldOdd;

    private @Nullable Runnable done;
    private long patience;
    private int tail;
    private boolean ended;

    /** While nobody has the terminal open: how long it is left alone. */
    private long rest;

    private long lookAt = Long.MAX_VALUE;

    Feed(int fd, String dyno, Stream stream, LogFile log) {
        this.fd = fd;
        this.dyno = dyno;
        this.name = dyno.getBytes(StandardCharsets.UTF_8);
        this.stream = stream;
        this.log = log;
        this.start = new LineStart(dyno);
        int flags = Posix.fcntl(fd, Posix.F_GETFL, 0);
        Posix.fcntl(fd, Posix.F_SETFL, flags | Posix.O_NONBLOCK);
    }

    /** Nobody writes any more. */
    void finish(Runnable whenDone, long now) {
        finish(whenDone, now, PATIENCE_NANOS);
    }

    /** As {@link #finish}, without patience for those who escaped. */
    void finishNow(long now) {
        finish(() -> {}, now, 0);
    }

    private void finish(Runnable whenDone, long now, long patient) {
        done = whenDone;
        patience = patient;
        rest = 0;
        lookAt = now + patience;
    }

    Runnable done() {
        return done == null ? () -> {} : done;
    }

    void close() {
        Posix.close(fd);
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isFinishing() {
        return done != null;
    }

    /** Whether poll would tell of it at once, and for ever, that nobody has the terminal open. */
    boolean isResting() {
        return rest > 0;
    }

    /** When it must be looked at even if poll says nothing of it, by {@link System#nanoTime}. */
    long lookAt() {
        return lookAt;
    }

    Found look(ByteBuffer buffer, long now) {
        if (tail >= LONGEST_TAIL) {
            return Found.END;
        }
        int count = read(buffer);
        if (count > 0) {
            return bytes(buffer.remaining(), now);
        }
        if (count < 0 && Posix.errno() == Posix.EAGAIN) {
            return nothing(now);
        }
        if (stream == Stream.TERMINAL && done == null) {
            // Its end (EIO; 0 on macOS) is one only until somebody opens it, for the first time
            // or again.
            rest = Math.clamp(2 * rest, SHORTEST_REST_NANOS, LONGEST_REST_NANOS);
            lookAt = now + rest;
            return Found.NOTHING;
        }
        return Found.END;
    }

    // A terminal gives 4 kB at a time, and each time the log would be written.
    private int read(ByteBuffer buffer) {
        buffer.clear();
        int count = readOnce(buffer);
        int more = count;
        while (more > SHORT && buffer.remaining() > SHORT) {
            more = readOnce(buffer);
        }
        buffer.flip();
        return count;
    }

    private int readOnce(ByteBuffer buffer) {
        int count;
        do {
            count = (int) Posix.read(fd, buffer.slice(), buffer.remaining());
        } while (count < 0 && Posix.errno() == Posix.EINTR);
        buffer.position(buffer.position() + Math.max(0, count));
        return count;
    }

    private Found bytes(int count, long now) {
        rest = 0;
        if (done == null) {
            lookAt = Long.MAX_VALUE;
            return Found.BYTES;
        }
        tail += count;
        lookAt = now + patience;
        return Found.BYTES;
    }

    private Found nothing(long now) {
        if (done != null) {
            return now >= lookAt ? Found.END : Found.NOTHING;
        }
        rest = 0;
        lookAt = Long.MAX_VALUE;
        return Found.NOTHING;
    }

    /** Keeps the beginning of a line until its end comes. */
    void hold(byte[] bytes, int from, int to, boolean odd) {
        int count = to - from;
        if (held.length < count) {
            held = Arrays.copyOf(held, Math.max(count, 2 * held.length));
        }
        System.arraycopy(bytes, from, held, 0, count);
        heldCount = count;
        heldOdd = odd;
    }

    /** Gives up what is held to the beginning of these bytes, and tells how much it was. */
    int release(byte[] bytes) {
        int count = heldCount;
        System.arraycopy(held, 0, bytes, 0, count);
        heldCount = 0;
        return count;
    }

    boolean heldOdd() {
        return heldOdd;
    }
}
