package dev.dyno.process;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What dyno's own library does in one call, and only that library: see {@link Binding}. */
final class Shim {
    private Shim() {}

    /** Of the last call of this thread that failed. */
    static native int errno();

    static native long address(ByteBuffer direct);

    static native boolean contains(ByteBuffer direct, int count, byte wanted);

    /** Returns 0, or -1; {@code size} is a struct winsize. */
    static native int windowSize(int fd, byte[] size);

    static native int setWindowSize(int fd, byte[] size);

    /**
     * As {@link Spawn} says. Texts end with a NUL each.
     *
     * @return the pid, or -1
     */
    static native int spawn(
            byte[] argv,
            byte[] environment,
            byte @Nullable [] directory,
            byte @Nullable [] terminal,
            int in,
            int out,
            int err);
}
