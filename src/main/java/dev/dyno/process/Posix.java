package dev.dyno.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;

/**
 * The system calls dyno makes itself, bound as {@link Binding} says. A call that fails returns -1
 * and leaves {@link #errno()}.
 */
public final class Posix {
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ECHILD = 10;
    public static final int EAGAIN = Machine.MAC ? 35 : 11;

    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGKILL = 9;
    public static final int SIGPIPE = 13;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = Machine.MAC ? 19 : 18;
    public static final int SIGSTOP = Machine.MAC ? 17 : 19;

    public static final int WNOHANG = 1;

    public static final short POLLIN = 1;
    public static final short POLLOUT = 4;
    public static final short POLLERR = 8;
    public static final short POLLHUP = 16;

    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_NOCTTY = Machine.MAC ? 0x20000 : 0x100;
    public static final int O_NONBLOCK = Machine.MAC ? 4 : 0x800;

    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int FD_CLOEXEC = 1;

    public static final int TCSANOW = 0;
    public static final int TCSADRAIN = 1;

    /** Room for {@code struct termios}: 60 bytes on Linux, 72 on macOS. */
    public static final int TERMIOS = 128;

    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int SIG_SETMASK = Machine.MAC ? 3 : 2;
    private static final int SIGSET = 128;
    private static final int SIGINFO = 128;
    private static final int P_ALL = 0;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = Machine.MAC ? 0x20 : 0x0100_0000;

    static {
        Binding.bind(Posix.class);
    }

    private Posix() {}

    public static native int posix_openpt(int flags);

    public static native int grantpt(int fd);

    public static native int unlockpt(int fd);

    public static native int ptsname_r(int fd, byte[] name, long size);

    public static native int tcgetattr(int fd, byte[] termios);

    public static native int tcsetattr(int fd, int actions, byte[] termios);

    public static native void cfmakeraw(byte[] termios);

    public static native int tcgetpgrp(int fd);

    public static native int getpgrp();

    public static native int getpid();

    public static native int isatty(int fd);

    public static native int pipe(int[] fds);

    public static native int close(int fd);

    public static native int open(String path, int flags);

    /** Into a direct buffer, from its beginning. */
    public static native long read(int fd, ByteBuffer bytes, long count);

    /** At most 512 bytes. */
    public static native long read(int fd, byte[] bytes, long count);

    /** Out of a direct buffer, from its beginning. */
    public static native long write(int fd, ByteBuffer bytes, long count);

    public static native long write(int fd, byte[] bytes, long count);

    public static native int poll(byte[] fds, long count, int milliseconds);

    public static native int kill(int pid, int signal);

    public static native int waitpid(int pid, int[] status, int options);

    private static native int waitid(int which, int id, byte[] info, int options);

    private static native int pthread_sigmask(int how, byte[] set, byte[] old);

    /** What only Linux has; elsewhere it must not even be looked up. */
    private static final class Linux {
        static final int O_CLOEXEC = 0x80000;

        static {
            Binding.bind(Linux.class);
        }

        static native int prctl(int option, long two, long three, long four, long five);

        static native int fcntl(int fd, int command, int argument);

        static native int open(String path, int flags);
    }

    /** On Apple's ARM a function of a variable number of arguments is called in another way. */
    private interface MacOs extends Library {
        int fcntl(int fd, int command, Object... argument);
    }

    public static int fcntl(int fd, int command, int argument) {
        return Machine.MAC
                ? Native.load(Platform.C_LIBRARY_NAME, MacOs.class).fcntl(fd, command, argument)
                : Linux.fcntl(fd, command, argument);
    }

    /**
     * Waits until a child has ended, and leaves it to {@link #waitpid} to learn which.
     *
     * @return false where there is no child
     */
    public static boolean awaitChild() {
        int found;
        do {
            found = waitid(P_ALL, 0, new byte[SIGINFO], WEXITED | WNOWAIT);
        } while (found < 0 && errno() == EINTR);
        return found == 0;
    }

    public static int errno() {
        return Binding.isOwn() ? Shim.errno() : Native.getLastError();
    }

    /**
     * Makes this process the parent of every orphan among its descendants, so that "has it left
     * anything running?" is one {@code waitpid}. Linux only; elsewhere false.
     */
    public static boolean adoptOrphans() {
        return Machine.LINUX && Linux.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
    }

    /**
     * Runs {@code start} with no signal blocked in this thread: the JVM blocks SIGQUIT in its
     * threads and a child inherits that, deaf to Ctrl-\ for its whole life (reliability.md 0.1).
     */
    public static int withoutSignalMask(java.util.function.IntSupplier start) {
        var old = new byte[SIGSET];
        pthread_sigmask(SIG_SETMASK, new byte[SIGSET], old);
        try {
            return start.getAsInt();
        } finally {
            pthread_sigmask(SIG_SETMASK, old, new byte[SIGSET]);
        }
    }

    /**
     * The pipe or terminal behind a descriptor, opened once more to be written to without blocking:
     * O_NONBLOCK on the descriptor itself would be felt by everyone who shares it. Linux only.
     *
     * @return -1 where that cannot be, as for a socket
     */
    public static int reopenToWrite(int fd) {
        if (!Machine.LINUX) {
            return -1;
        }
        int flags = O_WRONLY | O_NOCTTY | O_NONBLOCK | Linux.O_CLOEXEC;
        return Linux.open("/proc/self/fd/".concat(Integer.toString(fd)), flags);
    }

    /**
     * Writes all of it, waiting where that takes a while.
     *
     * @param bytes a direct buffer
     * @return false where nobody reads any more, or it cannot be written
     */
    public static boolean writeWhole(int fd, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            long written = write(fd, bytes.slice(), bytes.remaining());
            if (written > 0) {
                bytes.position(bytes.position() + (int) written);
            } else if (errno() == EAGAIN) {
                // Somebody who shares it made it non-blocking.
                var poll = new Poll(fd);
                poll.want(0, POLLOUT);
                poll.await(-1);
            } else if (errno() != EINTR) {
                return false;
            }
        }
        return true;
    }

    /** Whether a buffer has such a byte among its first {@code count}. */
    public static boolean contains(ByteBuffer bytes, int count, byte wanted) {
        if (Binding.isOwn() && bytes.isDirect()) {
            return Shim.contains(bytes, count, wanted);
        }
        for (int i = 0; i < count; i++) {
            if (bytes.get(i) == wanted) {
                return true;
            }
        }
        return false;
    }

    /**
     * The size of the terminal behind {@code fd}.
     *
     * @param size {@code struct winsize}
     */
    public static boolean windowSize(int fd, byte[] size) {
        return (Binding.isOwn() ? Shim.windowSize(fd, size) : Pty4j.get_window_size(fd, size)) == 0;
    }

    public static void setWindowSize(int fd, byte[] size) {
        if (Binding.isOwn()) {
            Shim.setWindowSize(fd, size);
        } else {
            Pty4j.set_window_size(fd, size);
        }
    }

    /** A pipe's read and write end, neither inherited by a program that is started. */
    public static int[] privatePipe() {
        var fds = new int[2];
        if (pipe(fds) != 0) {
            throw new IllegalStateException("no pipe: errno " + errno());
        }
        fcntl(fds[0], F_SETFD, FD_CLOEXEC);
        fcntl(fds[1], F_SETFD, FD_CLOEXEC);
        return fds;
    }
}
