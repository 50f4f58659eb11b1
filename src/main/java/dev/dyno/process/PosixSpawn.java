package dev.dyno.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** posix_spawn(3) by JNA, where {@link Shim} is not. */
final class PosixSpawn {
    private static final int SETSID = Machine.MAC ? 0x0400 : 0x80;
    private static final int OPAQUE = 1024;

    static {
        Native.register(PosixSpawn.class, Platform.C_LIBRARY_NAME);
    }

    private PosixSpawn() {}

    /** Loads this class now rather than when it is needed. */
    static void load() {}

    /** Starts a program as {@link Spawn#start} does. */
    static int start(
            List<String> argv,
            List<String> environment,
            @Nullable Path directory,
            int in,
            int out,
            int err) {
        try (var actions = new Memory(OPAQUE);
                var attributes = new Memory(OPAQUE);
                Memory arguments = CStrings.vector(CStrings.bytes(argv));
                Memory variables = CStrings.vector(CStrings.bytes(environment))) {
            posix_spawn_file_actions_init(actions);
            if (directory != null) {
                posix_spawn_file_actions_addchdir_np(actions, directory.toString());
            }
            // Descriptor 2 first: 0 and 1 may be what it is a copy of.
            give(actions, err, 2);
            give(actions, in, 0);
            give(actions, out, 1);
            posix_spawnattr_init(attributes);
            posix_spawnattr_setflags(attributes, (short) SETSID);
            var pid = new int[1];
            int error =
                    Posix.withoutSignalMask(() ->
                            posix_spawn(
                                    pid,
                                    argv.getFirst(),
                                    actions,
                                    attributes,
                                    arguments,
                                    variables));
            posix_spawn_file_actions_destroy(actions);
            posix_spawnattr_destroy(attributes);
            return error == 0 ? pid[0] : -1;
        }
    }

    private static void give(Pointer actions, int descriptor, int as) {
        if (descriptor >= 0) {
            posix_spawn_file_actions_adddup2(actions, descriptor, as);
        }
    }

    private static native int posix_spawn(
            int[] pid,
            String path,
            Pointer actions,
            Pointer attributes,
            Pointer argv,
            Pointer environment);

    private static native int posix_spawn_file_actions_init(Pointer actions);

    private static native int posix_spawn_file_actions_destroy(Pointer actions);

    private static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    private static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String path);

    private static native int posix_spawnattr_init(Pointer attributes);

    private static native int posix_spawnattr_destroy(Pointer attributes);

    private static native int posix_spawnattr_setflags(Pointer attributes, short flags);
}
