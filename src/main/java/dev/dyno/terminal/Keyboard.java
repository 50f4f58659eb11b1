package dev.dyno.terminal;

import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import dev.dyno.process.Wake;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Types what the user types into the dyno's terminal, waiting when it is full, until closed. */
final class Keyboard implements AutoCloseable {
    private static final int BUFFER = 4096;

    private final int master;
    private final @Nullable Consumer<ByteBuffer> typed;
    private final Runnable terminalGone;
    private final Wake quit = new Wake();
    private final Thread thread;

    /**
     * @param typed called with what is typed before it is; null where nobody wants to know
     * @param terminalGone called when the user's terminal has ended, as when its window is closed
     */
    Keyboard(int master, @Nullable Consumer<ByteBuffer> typed, Runnable terminalGone) {
        this.master = master;
        this.typed = typed;
        this.terminalGone = terminalGone;
        thread = Thread.ofPlatform().name("keyboard").daemon().unstarted(this::type);
    }

    void start() {
        thread.start();
    }

    private void type() {
        var poll = new Poll(UserTerminal.FD, quit.fd());
        poll.want(0, Posix.POLLIN);
        poll.want(1, Posix.POLLIN);
        var bytes = ByteBuffer.allocateDirect(BUFFER);
        while (true) {
            poll.await(-1);
            if (poll.ready(1)) {
                return;
            }
            bytes.clear();
            int count = (int) Posix.read(UserTerminal.FD, bytes, BUFFER);
            if (count > 0) {
                bytes.limit(count);
                if (typed != null) {
                    typed.accept(bytes.duplicate());
                }
                if (!press(bytes)) {
                    return;
                }
            } else if (count == 0
                    || (Posix.errno() != Posix.EINTR && Posix.errno() != Posix.EAGAIN)) {
                terminalGone.run();
                return;
            }
        }
    }

    private boolean press(ByteBuffer bytes) {
        var room = new Poll(master, quit.fd());
        room.want(0, Posix.POLLOUT);
        room.want(1, Posix.POLLIN);
        while (bytes.hasRemaining()) {
            room.await(-1);
            if (room.ready(1)) {
                return false;
            }
            long written = Posix.write(master, bytes.slice(), bytes.remaining());
            if (written > 0) {
                bytes.position(bytes.position() + (int) written);
            } else if (Posix.errno() == Posix.EIO) {
                return true; // nobody has the dyno's terminal open just now; the keys are lost
            }
        }
        return true;
    }

    @Override
    public void close() {
        quit.up();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
