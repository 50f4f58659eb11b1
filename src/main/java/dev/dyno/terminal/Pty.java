package dev.dyno.terminal;

import dev.dyno.process.Invocation;
import dev.dyno.process.Machine;
import dev.dyno.process.Posix;
import dev.dyno.process.Spawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo-terminal: dyno holds the master, a program gets the slave as its controlling terminal.
 * Size and settings are put on it before the program starts, so that it never sees others.
 */
final class Pty implements AutoCloseable {
    /** Where {@code c_oflag} has its lowest byte in a {@code struct termios}, and ONLCR in it. */
    private static final int OUTPUT_FLAGS = Machine.MAC ? 8 : 4;

    private static final int LINE_END_WITH_RETURN = Machine.MAC ? 2 : 4;

    /** The same of {@code c_lflag}, and ECHO in it. */
    private static final int LOCAL_FLAGS = Machine.MAC ? 24 : 12;

    private static final int ECHO = 8;

    private final int master;
    private final String slave;
    private boolean closed;

    private Pty(int master, String slave) {
        this.master = master;
        this.slave = slave;
    }

    /**
     * @param settings the {@code termios} to begin with; null for the kernel's
     */
    static Pty open(byte @Nullable [] settings, WindowSize size) throws IOException {
        int master = Posix.posix_openpt(Posix.O_RDWR | Posix.O_NOCTTY);
        if (master < 0) {
            throw new IOException("no pseudo-terminal to be had: errno " + Posix.errno());
        }
        Posix.fcntl(master, Posix.F_SETFD, Posix.FD_CLOEXEC);
        var name = new byte[128];
        if (Posix.grantpt(master) != 0
                || Posix.unlockpt(master) != 0
                || Posix.ptsname_r(master, name, name.length) != 0) {
            int errno = Posix.errno();
            Posix.close(master);
            throw new IOException("the pseudo-terminal cannot be opened: errno " + errno);
        }
        int end = 0;
        while (name[end] != 0) {
            end++;
        }
        var pty = new Pty(master, new String(name, 0, end, StandardCharsets.US_ASCII));
        if (settings != null) {
            Posix.tcsetattr(master, Posix.TCSANOW, settings);
        }
        pty.resize(size);
        // A full terminal must not hold up the thread that types into it.
        int flags = Posix.fcntl(master, Posix.F_GETFL, 0);
        Posix.fcntl(master, Posix.F_SETFL, flags | Posix.O_NONBLOCK);
        return pty;
    }

    int master() {
        return master;
    }

    void resize(WindowSize size) {
        Posix.setWindowSize(master, size.bytes());
    }

    /**
     * Starts a program as leader of a session whose terminal this is, with no signal blocked.
     *
     * @return its pid
     */
    int spawn(Invocation invocation) throws IOException {
        int pid = trySpawn(invocation);
        if (pid < 0) {
            throw new IOException("cannot start " + invocation.argv().getFirst());
        }
        return pid;
    }

    /** As {@link #spawn}, but -1 where it cannot be started. */
    int trySpawn(Invocation invocation) {
        return Spawn.onTerminal(invocation, slave, master);
    }

    /** From now on a line's end comes out as it was written, without a carriage return. */
    void leaveLineEnds() {
        var settings = new byte[Posix.TERMIOS];
        if (Posix.tcgetattr(master, settings) == 0) {
            settings[OUTPUT_FLAGS] = (byte) (settings[OUTPUT_FLAGS] & ~LINE_END_WITH_RETURN);
            Posix.tcsetattr(master, Posix.TCSANOW, settings);
        }
    }

    /** Whether what is typed is shown by the terminal itself, as it is not for a password. */
    boolean echoes() {
        var settings = new byte[Posix.TERMIOS];
        return Posix.tcgetattr(master, settings) == 0 && (settings[LOCAL_FLAGS] & ECHO) != 0;
    }

    /** Hangs up: whoever still has the terminal reads its end and gets SIGHUP. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Posix.close(master);
        }
    }
}
