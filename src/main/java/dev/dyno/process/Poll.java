package dev.dyno.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits until one of a few descriptors is ready: poll(2) on one array, made once. */
public final class Poll {
    private static final int ENTRY = 8;
    private static final short READY =
            (short) (Posix.POLLIN | Posix.POLLOUT | Posix.POLLERR | Posix.POLLHUP);

    private final ByteBuffer entries;
    private final int count;

    /**
     * @param fds watched in this order
     */
    public Poll(int... fds) {
        count = fds.length;
        entries = ByteBuffer.allocate(count * ENTRY).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            entries.putInt(i * ENTRY, fds[i]);
        }
    }

    /** Says what to wait for at place {@code i}: POLLIN, POLLOUT, or 0 for errors only. */
    public void want(int i, int events) {
        entries.putShort(i * ENTRY + 4, (short) events);
    }

    /**
     * @param milliseconds how long to wait at most, -1 for ever
     * @return whether anything is ready
     */
    public boolean await(int milliseconds) {
        int ready;
        do {
            ready = Posix.poll(entries.array(), count, milliseconds);
        } while (ready < 0 && Posix.errno() == Posix.EINTR);
        return ready > 0;
    }

    /** Whether place {@code i} has something to read or to hear of (end, error). */
    public boolean ready(int i) {
        return (entries.getShort(i * ENTRY + 6) & READY) != 0;
    }

    public boolean has(int i, int event) {
        return (entries.getShort(i * ENTRY + 6) & event) != 0;
    }
}
