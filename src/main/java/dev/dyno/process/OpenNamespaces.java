package dev.dyno.process;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The namespaces of a process (namespaces(7)), held open: whatever becomes of the process and its
 * number, these are the ones it was in. Linux only.
 */
public final class OpenNamespaces implements AutoCloseable {
    /** The user namespace that rules over the mounts; the process's own may lie below it. */
    public static final String OWNER = "owner";

    public static final String USER = "user";

    private static final String MOUNTS = "mnt";
    private static final String[] OTHERS = {MOUNTS, "pid", "ipc", "uts", "cgroup"};
    private static final long NS_GET_USERNS = 0xb701;

    static {
        Native.register(OpenNamespaces.class, Platform.C_LIBRARY_NAME);
    }

    private final Map<String, Integer> files = new LinkedHashMap<>();

    private OpenNamespaces() {}

    private static native int ioctl(int fd, long request, long argument);

    /**
     * Those that are not dyno's own.
     *
     * @throws IOException where the process is gone, or not this user's
     */
    public static OpenNamespaces of(long pid) throws IOException {
        var opened = new OpenNamespaces();
        try {
            opened.open(pid);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void open(long pid) throws IOException {
        Path own = Path.of("/proc/self/ns");
        Path theirs = Path.of("/proc", Long.toString(pid), "ns");
        files.put(USER, openFile(theirs.resolve(USER)));
        for (String kind : OTHERS) {
            if (!name(own.resolve(kind)).equals(name(theirs.resolve(kind)))) {
                files.put(kind, openFile(theirs.resolve(kind)));
            }
        }
        Integer mounts = files.get(MOUNTS);
        if (mounts == null) {
            throw new IOException("it has no mounts of its own");
        }
        int owner = ioctl(mounts, NS_GET_USERNS, 0);
        if (owner < 0) {
            throw new IOException("whose its mounts are cannot be learnt");
        }
        files.put(OWNER, owner);
        String ruling = name(Path.of(path(owner)));
        if (ruling.equals(name(theirs.resolve(USER))) || ruling.equals(name(own.resolve(USER)))) {
            files.remove(OWNER);
            Posix.close(owner);
        }
    }

    private static int openFile(Path file) throws IOException {
        int fd = Posix.open(file.toString(), 0);
        if (fd < 0) {
            throw new IOException("cannot open " + file);
        }
        Posix.fcntl(fd, Posix.F_SETFD, Posix.FD_CLOEXEC);
        return fd;
    }

    private static String name(Path file) throws IOException {
        return Files.readSymbolicLink(file).toString();
    }

    private static String path(int fd) {
        return "/proc/" + Posix.getpid() + "/fd/" + fd;
    }

    /**
     * By kind, {@code user} first, where a program started by dyno finds each: for as long as this
     * is open. {@code owner} is missing where the process's own user namespace is the one.
     */
    public Map<String, String> paths() {
        var paths = new LinkedHashMap<String, String>();
        files.forEach((kind, fd) -> paths.put(kind, path(fd)));
        return Collections.unmodifiableMap(paths);
    }

    @Override
    public void close() {
        files.values().forEach(Posix::close);
        files.clear();
    }
}
