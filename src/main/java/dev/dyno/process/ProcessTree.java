package dev.dyno.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of one dyno as they are now, without those that only hold it: to signal bubblewrap
 * would end all others without their grace (sandbox.md 2, rule 6).
 */
public final class ProcessTree {
    private static final int SIGTERM_AND_SIGTSTP = 1 << 14 | 1 << 19;

    private final List<Long> holders = new ArrayList<>();
    private final List<Long> others = new ArrayList<>();

    private ProcessTree() {}

    /** All of these. */
    public static ProcessTree of(Stream<ProcessHandle> processes) {
        var tree = new ProcessTree();
        processes.forEach(process -> tree.others.add(process.pid()));
        return tree;
    }

    /**
     * All below a process, of which the first generations only hold the others.
     *
     * @param generations the first is {@code first} itself
     */
    public static ProcessTree heldBy(ProcessHandle first, int generations) {
        // One look at all processes of the machine: each costs milliseconds.
        Map<Long, List<Long>> children = new HashMap<>();
        first.descendants()
                .forEach(each -> {
                    Optional<ProcessHandle> parent = each.parent();
                    if (parent.isPresent()) {
                        children.computeIfAbsent(parent.get().pid(), _ -> new ArrayList<>())
                                .add(each.pid());
                    }
                });
        var tree = new ProcessTree();
        tree.gather(first.pid(), children, generations);
        return tree;
    }

    private void gather(long pid, Map<Long, List<Long>> children, int generations) {
        (generations > 0 ? holders : others).add(pid);
        for (long child : children.getOrDefault(pid, List.of())) {
            gather(child, children, generations - 1);
        }
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

    /** Those that hold the others too. */
    public void kill() {
        signal(Posix.SIGKILL);
        for (long pid : holders) {
            Posix.kill(Math.toIntExact(pid), Posix.SIGKILL);
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
