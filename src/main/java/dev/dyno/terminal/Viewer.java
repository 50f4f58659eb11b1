package dev.dyno.terminal;

import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The user's terminal while something is shown on it that was recorded: keys come at once, and
 * whatever happens the terminal is afterwards as it was before.
 */
public final class Viewer implements AutoCloseable {
    /** No key was pressed in time. */
    public static final int NONE = -1;

    /** No key will be pressed any more. */
    public static final int END = -2;

    private static final int ESCAPE = 0x1b;
    private static final byte[] PLAIN = {ESCAPE, '[', '0', 'm'};

    private final UserTerminal user = new UserTerminal();
    private final ScreenModes modes = new ScreenModes();
    private final @Nullable Guardian guardian;
    private final Poll keys = new Poll(UserTerminal.FD);
    private final ByteBuffer typed = ByteBuffer.allocateDirect(256).limit(0);
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private byte last = '\n';

    private Viewer() {
        user.save();
        guardian = Guardian.start(1);
        if (guardian != null) {
            guardian.ready();
        }
        keys.want(0, Posix.POLLIN);
        user.raw();
    }

    /**
     * Takes the terminal.
     *
     * @return null where dyno is not its foreground job and must leave it alone
     */
    public static @Nullable Viewer open() {
        return UserTerminal.isForeground() ? new Viewer() : null;
    }

    /**
     * Shows a program's output as it came.
     *
     * @throws IOException once the terminal is gone
     */
    public void show(byte[] output) throws IOException {
        writing.lock();
        try {
            if (output.length > 0 && !closed.get()) {
                write(output);
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(byte[] output) throws IOException {
        last = output[output.length - 1];
        ByteBuffer bytes = ByteBuffer.wrap(output);
        if (modes.watch(bytes, output.length) && guardian != null) {
            guardian.undo(modes.undo());
        }
        if (!Terminal.write(output)) {
            throw new IOException("the terminal is gone");
        }
    }

    /**
     * A key, {@link #NONE} or {@link #END}. What begins with ESC is none of the user's: a cursor
     * key, or the terminal's answer to a question in what is shown.
     *
     * @param milliseconds how long to wait for it, -1 for ever
     */
    public int key(int milliseconds) {
        if (!typed.hasRemaining()) {
            if (!keys.await(milliseconds)) {
                return NONE;
            }
            typed.clear();
            int count = (int) Posix.read(UserTerminal.FD, typed, typed.capacity());
            typed.limit(Math.max(count, 0));
            if (count <= 0) {
                boolean again =
                        count < 0
                                && (Posix.errno() == Posix.EINTR || Posix.errno() == Posix.EAGAIN);
                return again ? NONE : END;
            }
        }
        int key = typed.get() & 0xff;
        if (key == ESCAPE) {
            skip();
            return NONE;
        }
        return key;
    }

    /** Passes over the rest of an escape sequence. */
    private void skip() {
        if (!typed.hasRemaining()) {
            return;
        }
        switch (typed.get()) {
            case '[' -> skipTo(0x40, 0x7e);
            case 'O' -> skipTo(0, 0xff);
            case 'P', ']', '_' -> skipTo(7, 7);
            default -> {}
        }
    }

    /** Passes over all up to a byte in this range, and over that. */
    private void skipTo(int lowest, int highest) {
        while (typed.hasRemaining()) {
            int b = typed.get() & 0xff;
            if (b >= lowest && b <= highest) {
                return;
            }
        }
    }

    /**
     * Gives the terminal back. May be called more than once, from any thread. Where another is
     * caught in a write, since nobody reads the terminal, the guardian says the rest later.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!isMyTurn()) {
            user.leave();
            return;
        }
        try {
            Terminal.write(PLAIN);
            Terminal.write(modes.undo().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            if (last != '\n') {
                Terminal.write(new byte[] {'\r', '\n'});
            }
        } finally {
            writing.unlock();
        }
        user.leave();
        if (guardian != null) {
            guardian.close();
        }
    }

    private boolean isMyTurn() {
        try {
            return writing.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
