package dev.dyno.terminal;

import dev.dyno.process.Invocation;
import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A pseudo-terminal with a program in it, for tests of other packages. */
public final class TestPty implements AutoCloseable {
    private static final int BUFFER = 65_536;

    private final Pty pty;
    private final int pid;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER);

    public TestPty(Invocation invocation, int rows, int columns) throws IOException {
        pty = Pty.open(null, new WindowSize(rows, columns, 0, 0));
        pid = pty.spawn(invocation);
    }

    public void resize(int rows, int columns) {
        pty.resize(new WindowSize(rows, columns, 0, 0));
    }

    /**
     * What came within the time, as much as there was; nothing when the time is over.
     *
     * @throws IOException once nobody has the terminal any more
     */
    public byte[] read(int milliseconds) throws IOException {
        var poll = new Poll(pty.master());
        poll.want(0, Posix.POLLIN);
        if (!poll.await(milliseconds)) {
            return new byte[0];
        }
        bytes.clear();
        int count = (int) Posix.read(pty.master(), bytes, BUFFER);
        if (count < 0 && Posix.errno() != Posix.EAGAIN && Posix.errno() != Posix.EINTR) {
            throw new IOException("the terminal has ended");
        }
        var read = new byte[Math.max(count, 0)];
        bytes.get(0, read);
        return read;
    }

    /** Writes what the terminal takes now, and tells how much that was. */
    public int write(byte[] keys, int from) {
        int count = Math.min(keys.length - from, BUFFER);
        var buffer = ByteBuffer.allocateDirect(count).put(keys, from, count).flip();
        return (int) Math.max(Posix.write(pty.master(), buffer, count), 0);
    }

    /** Hangs up and ends the program. */
    @Override
    public void close() {
        pty.close();
        Posix.kill(pid, Posix.SIGKILL);
        int reaped = Posix.waitpid(pid, new int[1], 0);
        if (reaped != pid) {
            throw new IllegalStateException("the program was not ours: " + pid);
        }
    }
}
