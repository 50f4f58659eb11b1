package dev.dyno.terminal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.dyno.process.Posix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A shell that outlives dyno by a moment: it waits at a pipe only dyno holds, and when that ends
 * without a word, as after {@code kill -9}, it sets the terminal back and kills what the dyno left
 * (reliability.md 0.10). It has a session of its own and is nobody's child, so that neither the
 * terminal's signals nor dyno's counting of children meet it.
 */
final class Guardian implements AutoCloseable {
    /**
     * Descriptor 0 is the pipe, 2 the terminal. The directory comes through the pipe, not as an
     * argument, so that no process list names it.
     */
    private static final String SCRIPT =
            """
            trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
            PATH=/usr/bin:/bin
            saved=$(stty -g <&2)
            exec 3<&0
            {
              undo= dyno=
              while IFS=' ' read -r word rest <&3; do
                case $word in
                  dyno) dyno=$rest ;;
                  undo) undo=$rest ;;
                  done) exit ;;
                esac
              done
              stty "$saved" <&2
              printf '%b\\033[?25h' "$undo" >&2
              for round in 1 2 3 4 5 6 7 8 9; do
                [ -n "$dyno" ] || exit
                left=$(grep -lsF -- "=$dyno/" /proc/[0-9]*/environ | sed 's|/proc/||; s|/environ||')
                [ -n "$left" ] || exit
                kill -9 $left
              done
            } &
            """;

    private static final int SETSID = Platform.isMac() ? 0x0400 : 0x80;
    private static final int OPAQUE = 1024;

    private final int pipe;
    private final int shell;
    private boolean ready;

    static {
        Native.register(Guardian.class, Platform.C_LIBRARY_NAME);
    }

    private Guardian(int pipe, int shell) {
        this.pipe = pipe;
        this.shell = shell;
    }

    /** Loads this class now rather than when it is needed. */
    static void load() {}

    /** Starts it; the terminal must not be changed before {@link #ready()}. */
    static @Nullable Guardian start() {
        int[] pipe = Posix.privatePipe();
        try (var actions = new Memory(OPAQUE);
                var attributes = new Memory(OPAQUE);
                var arguments = new Memory(4L * Native.POINTER_SIZE);
                var environment = new Memory(Native.POINTER_SIZE);
                var words = new Memory(16);
                var script = new Memory(SCRIPT.length() + 1)) {
            words.setString(0, "sh");
            words.setString(8, "-c");
            script.setString(0, SCRIPT);
            arguments.setPointer(0, words);
            arguments.setPointer(Native.POINTER_SIZE, words.share(8));
            arguments.setPointer(2L * Native.POINTER_SIZE, script);
            arguments.setPointer(3L * Native.POINTER_SIZE, null);
            environment.setPointer(0, null);
            posix_spawn_file_actions_init(actions);
            posix_spawn_file_actions_adddup2(actions, 1, 2);
            posix_spawn_file_actions_adddup2(actions, pipe[0], 0);
            posix_spawnattr_init(attributes);
            posix_spawnattr_setflags(attributes, (short) SETSID);
            var pid = new int[1];
            int error = posix_spawn(pid, "/bin/sh", actions, attributes, arguments, environment);
            Posix.close(pipe[0]);
            if (error != 0) {
                Posix.close(pipe[1]);
                return null;
            }
            return new Guardian(pipe[1], pid[0]);
        }
    }

    /** Waits until it has taken note of the terminal's settings and stands on its own. */
    void ready() {
        if (!ready) {
            ready = true;
            var status = new int[1];
            while (Posix.waitpid(shell, status, 0) < 0 && Posix.errno() == Posix.EINTR) {
                // waited on
            }
        }
    }

    /** Tells it whose processes to kill. A directory it cannot read as one line it is not told. */
    void watch(Path directory) {
        String path = directory.toString();
        if (path.indexOf('\n') < 0) {
            tell("dyno " + path);
        }
    }

    /** Tells it what to write to the terminal to undo the modes that are on. */
    void undo(String sequences) {
        tell("undo " + sequences.replace("\033", "\\033"));
    }

    /** dyno ends in order: it has nothing to do. */
    @Override
    public void close() {
        ready();
        tell("done");
        Posix.close(pipe);
    }

    private void tell(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        Posix.write(pipe, ByteBuffer.wrap(bytes), bytes.length);
    }

    private static native int posix_spawn(
            int[] pid,
            String path,
            Pointer actions,
            Pointer attributes,
            Pointer argv,
            Pointer environment);

    private static native int posix_spawn_file_actions_init(Pointer actions);

    private static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    private static native int posix_spawnattr_init(Pointer attributes);

    private static native int posix_spawnattr_setflags(Pointer attributes, short flags);
}
