package dev.dyno.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * pty4j's native library, called directly: fork, session, controlling terminal and exec in one
 * call, without the classes above it, which cost 16 ms of start-up
 * (docs/decisions/002-pty4j-by-direct-mapping.md). Where {@link Shim} is, it is not loaded.
 */
final class Pty4j {
    static {
        Native.register(Pty4j.class, library().toString());
    }

    private Pty4j() {}

    /** Loads this class now rather than when it is needed. */
    static void load() {}

    /** Of pty4j's exec_pty.c: the child's pid, or -1. */
    private static native int exec_pty(
            String path,
            Pointer argv,
            Pointer envp,
            String directory,
            String slave,
            int master,
            @Nullable String errorSlave,
            int errorMaster,
            int console);

    /** Of pty4j's exec_pty.c; {@code size} is a struct winsize; 0 or an errno. */
    static native int get_window_size(int fd, byte[] size);

    static native int set_window_size(int fd, byte[] size);

    /** Starts a program as {@link Spawn#onTerminal} does. */
    static int start(
            List<String> argv, List<String> environment, Path directory, String slave, int master) {
        try (Memory arguments = CStrings.vector(CStrings.bytes(argv));
                Memory variables = CStrings.vector(CStrings.bytes(environment))) {
            return Posix.withoutSignalMask(() ->
                    exec_pty(
                            argv.getFirst(),
                            arguments,
                            variables,
                            directory.toString(),
                            slave,
                            master,
                            null,
                            -1,
                            0));
        }
    }

    private static Path library() {
        String folder = System.getProperty("dyno.natives", "");
        if (folder.isEmpty()) {
            throw new IllegalStateException(
                    "-Ddyno.natives is not set: start dyno by scripts/dyno");
        }
        String path = Machine.MAC ? "darwin/libpty.dylib" : "linux/" + Platform.ARCH + "/libpty.so";
        return Path.of(folder, "resources/com/pty4j/native", path);
    }
}
