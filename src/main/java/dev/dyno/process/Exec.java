package dev.dyno.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Becomes another program, as a shell's {@code exec} does: pid, terminal, job control, signals and
 * exit status are the program's from then on, and it finds all as dyno's caller had it.
 */
public final class Exec {
    private static final int ENOENT = 2;
    private static final int LAST_SIGNAL = 64;
    private static final int STDERR = 2;

    /** Where descriptors cannot be listed. */
    private static final int MOST_DESCRIPTORS = 1024;

    private static final long SIG_IGN = 1;

    /** The JVM lives by these; nobody ignores them. SIGBUS has its own number on each system. */
    private static final List<Integer> FAULTS = List.of(4, Machine.MAC ? 10 : 7, 8, 11);

    static {
        Native.register(Exec.class, Platform.C_LIBRARY_NAME);
    }

    private Exec() {}

    private static native int execve(String path, Pointer argv, Pointer envp);

    private static native long signal(int signal, long handler);

    private static native String strerror(int errno);

    /**
     * Why a program could not be executed.
     *
     * @param status what a shell's would be: 127 where there is no such program, else 126
     */
    public record Failure(String message, int status) {}

    /**
     * Returns only where the kernel refuses. The program gets descriptors 0 to 2 and no others.
     *
     * @param argv the program's absolute path first
     * @param variables added to the environment of dyno's caller
     */
    public static Failure become(List<String> argv, Map<String, String> variables) {
        CallersEnvironment caller = CallersEnvironment.read();
        try (Memory arguments = CStrings.vector(CStrings.bytes(argv));
                Memory environment = CStrings.vector(caller.with(variables))) {
            closeDescriptorsOnExec();
            setDispositions(caller);
            int errno =
                    Posix.withoutSignalMask(() -> {
                        execve(argv.getFirst(), arguments, environment);
                        return Native.getLastError(); // of a call that is JNA's
                    });
            return new Failure(
                    "cannot run " + argv.getFirst() + ": " + strerror(errno),
                    errno == ENOENT ? 127 : 126);
        }
    }

    /** Not closed now: should exec fail, the JVM goes on. */
    private static void closeDescriptorsOnExec() {
        try (var all = Files.newDirectoryStream(Path.of("/dev/fd"))) {
            for (Path each : all) {
                closeOnExec(Integer.parseInt(each.getFileName().toString()));
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            for (int fd = 0; fd < MOST_DESCRIPTORS; fd++) {
                closeOnExec(fd);
            }
        }
    }

    private static void closeOnExec(int fd) {
        if (fd > STDERR) {
            Posix.fcntl(fd, Posix.F_SETFD, Posix.FD_CLOEXEC);
        }
    }

    /**
     * Handlers, the JVM's too, end with exec. What is left: a signal that the caller had ignored
     * (nohup, a service manager with SIGPIPE) stays so, though the JVM has a handler for it.
     */
    private static void setDispositions(CallersEnvironment caller) {
        for (int signal = 1; signal <= LAST_SIGNAL; signal++) {
            if (caller.ignores(signal) && !FAULTS.contains(signal)) {
                signal(signal, SIG_IGN);
            }
        }
    }
}
