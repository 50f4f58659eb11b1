package dev.dyno.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of one dyno as they are now, without the wrappers that only hold it: signalling
 * bubblewrap would end all others without their grace (sandbox.md 2, rule 6).
 */
public final class ProcessTree {
    private static final int SIGTERM_AND_SIGTSTP = 1 << 14 | 1 << 19;

    private final List<Long> wrappers = new ArrayList<>();
    private final List<Long> others = new ArrayList<>();

    /**
     * @param wrappers names of programs that only hold the dyno
     */
    public ProcessTree(Stream<ProcessHandle> processes, Set<String> wrappers) {
        processes
                .mapToLong(ProcessHandle::pid)
                .forEach(pid -> (wrappers.contains(name(pid)) ? this.wrappers : others).add(pid));
    }

    public boolean isEmpty() {
        return others.isEmpty();
    }

    /** A stopped process hears of it at once. */
    public void signal(int signal) {
        for (long pid : others) {
            Posix.kill(Math.toIntExact(pid), signal);
        }
        if (signal != Posix.SIGKILL) {
            for (long pid : others) {
                Posix.kill(Math.toIntExact(pid), Posix.SIGCONT);
            }
        }
    }

    public void hangUpIdleShells() {
        for (long pid : others) {
            if (!isShellWithJobControl(pid)) {
                return;
            }
        }
        signal(Posix.SIGHUP);
    }

    /** The wrappers too: with them goes all they hold. */
    public void kill() {
        signal(Posix.SIGKILL);
        for (long pid : wrappers) {
            Posix.kill(Math.toIntExact(pid), Posix.SIGKILL);
        }
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Only such a shell ignores both SIGTERM and the key that stops a job. */
    private static boolean isShellWithJobControl(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("SigIgn:")) {
                    long ignored = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return (ignored & SIGTERM_AND_SIGTSTP) == SIGTERM_AND_SIGTSTP;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // It is gone, or this is not Linux.
        }
        return false;
    }
}
