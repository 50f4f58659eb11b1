package dev.dyno.terminal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.dyno.process.CStrings;
import dev.dyno.process.Posix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * pty4j's native library, called directly: fork, session, controlling terminal and exec in one
 * call, without the classes above it, which cost 16 ms of start-up
 * (docs/decisions/002-pty4j-by-direct-mapping.md).
 */
final class Natives {
    static {
        Native.register(Natives.class, library().toString());
    }

    private Natives() {}

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

    /** Loads the library now rather than on the way to the program's start. */
    static void load() {
        Posix.getpid();
        Spawn.load();
    }

    static int execPty(
            List<String> argv, List<String> environment, Path directory, String slave, int master) {
        try (Memory arguments = vector(argv);
                Memory variables = vector(environment)) {
            return exec_pty(
                    argv.getFirst(),
                    arguments,
                    variables,
                    directory.toString(),
                    slave,
                    master,
                    null,
                    -1,
                    0);
        }
    }

    static Memory vector(List<String> strings) {
        var texts = new ArrayList<byte[]>(strings.size());
        for (String string : strings) {
            texts.add(string.getBytes(StandardCharsets.UTF_8));
        }
        return CStrings.vector(texts);
    }

    private static Path library() {
        String folder = System.getProperty("dyno.natives", "");
        if (folder.isEmpty()) {
            throw new IllegalStateException(
                    "-Ddyno.natives is not set: start dyno by scripts/dyno");
        }
        String path =
                Platform.isMac() ? "darwin/libpty.dylib" : "linux/" + Platform.ARCH + "/libpty.so";
        return Path.of(folder, "resources/com/pty4j/native", path);
    }
}
