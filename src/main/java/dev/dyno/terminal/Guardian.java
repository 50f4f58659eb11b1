package dev.dyno.terminal;

import dev.dyno.process.Posix;
import dev.dyno.process.Spawn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell that outlives dyno by a moment: it waits at a pipe only dyno holds, and when that ends
 * without a word, as after {@code kill -9}, it sets the terminal back and kills what the dyno left
 * (reliability.md 0.10). It has a session of its own and is nobody's child, so that neither the
 * terminal's signals nor dyno's counting of children meet it.
 */
public final class Guardian implements AutoCloseable {
    /**
     * Descriptor 0 is the pipe, 2 the terminal. The directory comes through the pipe, not as an
     * argument, so that no process list names it.
     */
    private static final String SCRIPT =
            """
            trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
            PATH=/usr/bin:/bin
            nl='
            '
            saved=$(stty -g <&2 2>/dev/null)
            exec 3<&0
            {
              undo= dynos=
              while IFS=' ' read -r word rest <&3; do
                case $word in
                  dyno) dynos=$dynos${dynos:+$nl}=$rest/ ;;
                  undo) undo=$rest ;;
                  done) exit ;;
                esac
              done
              [ -n "$saved" ] && stty "$saved" <&2
              printf '%b\\033[?25h' "$undo" >&2
              for round in 1 2 3 4 5 6 7 8 9; do
                [ -n "$dynos" ] || exit
                left=$(grep -lsF -- "$dynos" /proc/[0-9]*/environ | sed 's|/proc/||; s|/environ||')
                [ -n "$left" ] || exit
                kill -9 $left
              done
            } &
            """;

    private final int pipe;
    private final int shell;
    private boolean ready;

    private Guardian(int pipe, int shell) {
        this.pipe = pipe;
        this.shell = shell;
    }

    /** One that looks after dynos only; null where it cannot be started. */
    public static @Nullable Guardian ofDynos() {
        Guardian guardian = start(-1);
        if (guardian != null) {
            guardian.ready();
        }
        return guardian;
    }

    /**
     * Starts it; the terminal must not be changed before {@link #ready()}.
     *
     * @param terminal dyno's own terminal, or -1 where there is none to look after
     */
    static @Nullable Guardian start(int terminal) {
        int[] pipe = Posix.privatePipe();
        int output = terminal < 0 ? Posix.open("/dev/null", Posix.O_RDWR) : terminal;
        int pid =
                Spawn.start(List.of("/bin/sh", "-c", SCRIPT), List.of(), null, pipe[0], -1, output);
        Posix.close(pipe[0]);
        if (terminal < 0) {
            Posix.close(output);
        }
        if (pid < 0) {
            Posix.close(pipe[1]);
            return null;
        }
        return new Guardian(pipe[1], pid);
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

    /**
     * Tells it whose processes to kill; of many dynos one after the other. A directory it cannot
     * read as one line it is not told.
     */
    public void watch(Path directory) {
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
        Posix.write(pipe, bytes, bytes.length);
    }
}
