package dev.dyno.process;

/**
 * A pipe to oneself that ends a thread's poll. A thread caught in a blocking read when the JVM
 * exits would delay the exit by 300 ms (jvm.md 4b).
 */
public final class Wake implements AutoCloseable {
    private final int[] pipe = Posix.privatePipe();
    private volatile boolean woken;

    public int fd() {
        return pipe[0];
    }

    /** From now on, polls that watch {@link #fd()} return at once. */
    public void up() {
        if (!woken) {
            woken = true;
            Posix.write(pipe[1], new byte[1], 1);
        }
    }

    /**
     * From now on, polls wait again, until the next {@link #up()}. Only when {@link #fd()} is
     * ready.
     */
    public void down() {
        Posix.read(pipe[0], new byte[64], 64);
        woken = false;
    }

    public boolean isUp() {
        return woken;
    }

    @Override
    public void close() {
        Posix.close(pipe[0]);
        Posix.close(pipe[1]);
    }
}
