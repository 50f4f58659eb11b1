package dev.dyno.output;

import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import dev.dyno.process.Wake;
import dev.dyno.text.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where lines go, stdout or stderr: they are collected, and written whole when there are many of
 * them or nothing more is to come. Its reader may be slow, stalled for ever, or gone.
 */
final class Outlet {
    private static final int FULL = 1 << 16;

    /** So much goes into a pipe that poll calls ready without a wait (PIPE_BUF). */
    private static final int CERTAIN = 4096;

    private final int given;
    private final int fd;
    private final boolean mayBlock;
    private final ByteBuffer buffer;
    private final Wake quit;
    private final Runnable lost;
    private final Bytes lines = new Bytes(1024);
    private boolean gone;

    /** By {@link System#nanoTime}; while nothing is being written 0. */
    private volatile long progress;

    /**
     * An outlet; it is the calling thread's from now on.
     *
     * @param buffer direct; free between calls
     * @param quit when it is up nothing more is written
     * @param lost called once when nothing can be written any more
     */
    Outlet(int given, ByteBuffer buffer, Wake quit, Runnable lost) {
        this.given = given;
        this.buffer = buffer;
        this.quit = quit;
        this.lost = lost;
        // A file is written to by the descriptor given, which others may share the offset of.
        boolean file = Files.isRegularFile(Path.of("/dev/fd", Integer.toString(given)));
        int own = file ? -1 : Posix.reopenToWrite(given);
        fd = own < 0 ? given : own;
        mayBlock = own < 0 && !file;
    }

    /** To put lines to, each whole and with its end. */
    Bytes lines() {
        return lines;
    }

    void flushIfFull() {
        if (lines.length() >= FULL) {
            flush();
        }
    }

    boolean isEmpty() {
        return lines.length() == 0;
    }

    void flush() {
        if (!gone && !write(lines.array(), lines.length())) {
            gone = true;
            if (!quit.isUp()) {
                lost.run();
            }
        }
        lines.clear();
    }

    /** For how long a write has been waiting for the reader; zero while none does. */
    Duration stalled() {
        long since = progress;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private boolean write(byte[] bytes, int length) {
        int at = 0;
        progress = now();
        while (at < length && !quit.isUp()) {
            if (mayBlock) {
                awaitRoom();
            }
            int count = Math.min(length - at, mayBlock ? CERTAIN : buffer.capacity());
            buffer.clear().put(bytes, at, count).flip();
            long written = quit.isUp() ? 0 : Posix.write(fd, buffer, count);
            if (written >= 0) {
                at += (int) written;
                progress = now();
            } else if (Posix.errno() == Posix.EAGAIN) {
                awaitRoom();
            } else if (Posix.errno() != Posix.EINTR) {
                break;
            }
        }
        progress = 0;
        return at == length;
    }

    private static long now() {
        return System.nanoTime() | 1;
    }

    private void awaitRoom() {
        var poll = new Poll(fd, quit.fd());
        poll.want(0, Posix.POLLOUT);
        poll.want(1, Posix.POLLIN);
        poll.await(-1);
    }

    void close() {
        if (fd != given) {
            Posix.close(fd);
        }
    }
}
