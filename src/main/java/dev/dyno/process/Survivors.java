package dev.dyno.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes that belong to a dyno although nobody is their parent any more. They are known by
 * the dyno's directory, which stands in their environment (HOME, TMPDIR) or is where they work.
 */
public final class Survivors {
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 500;
    private static final long TICK_NANOS = 2_000_000;

    private final String directory;
    private final byte[] mark;

    /**
     * @param directory the dyno's own directory, a path no other program has reason to name
     */
    public Survivors(Path directory) {
        this.directory = directory.toString();
        this.mark = ("=" + directory + "/").getBytes(StandardCharsets.UTF_8);
    }

    /** All of them alive now. */
    public List<Long> find() {
        return findAfter(0);
    }

    /**
     * As {@link #find()}, but looks only at processes younger than {@code leader}: the kernel hands
     * out growing numbers, so that on a busy machine one need not look at every process.
     */
    public List<Long> findAfter(long leader) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return findWithPs();
        }
        long oldest = lastPid() >= leader ? leader : 0; // the numbers have begun anew
        long self = ProcessHandle.current().pid();
        var found = new ArrayList<Long>();
        try (var all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid > oldest && pid != self && belongs(process)) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            return findWithPs();
        }
        return found;
    }

    /** Kills them all, those they start meanwhile too. */
    public void kill() {
        killAfter(0);
    }

    public void killAfter(long leader) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> alive = findAfter(leader);
            if (alive.isEmpty()) {
                return;
            }
            for (long pid : alive) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(TICK_NANOS); // the kernel needs a moment
        }
    }

    /** Whether this process is one of them. */
    public boolean include(long pid) {
        return belongs(PROC.resolve(Long.toString(pid)));
    }

    private boolean belongs(Path process) {
        try {
            if (Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1)
                    .contains(") Z ")) {
                return false; // dead already, only nobody has asked
            }
            if (contains(Files.readAllBytes(process.resolve("environ")), mark)) {
                return true;
            }
            String works = Files.readSymbolicLink(process.resolve("cwd")).toString();
            return works.startsWith(directory + "/");
        } catch (IOException e) {
            return false; // gone, or another user's
        }
    }

    private static boolean contains(byte[] text, byte[] part) {
        outer:
        for (int i = 0; i + part.length <= text.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (text[i + j] != part[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    private static long lastPid() {
        try {
            String load = Files.readString(PROC.resolve("loadavg")).strip();
            return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private List<Long> findWithPs() {
        var found = new ArrayList<Long>();
        long self = ProcessHandle.current().pid();
        String all = HelperProgram.run("ps", "-axEww", "-o", "pid=,command=").output();
        for (String line : all.split("\n", -1)) {
            String process = line.strip();
            int blank = process.indexOf(' ');
            if (blank > 0 && process.contains("=" + directory + "/")) {
                long pid = Long.parseLong(process.substring(0, blank));
                if (pid != self) {
                    found.add(pid);
                }
            }
        }
        return found;
    }
}
