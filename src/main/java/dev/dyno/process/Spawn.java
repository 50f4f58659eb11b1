package dev.dyno.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program as the leader of a session of its own, with no signal blocked: the JVM blocks
 * SIGQUIT in its threads, and a child would inherit that.
 */
public final class Spawn {
    private Spawn() {}

    /** Loads what is native now rather than on the way to a program's start. */
    public static void load() {
        Posix.getpid();
        if (!Binding.isOwn()) {
            Pty4j.load();
            PosixSpawn.load();
        }
    }

    /**
     * With these three descriptors; one that is -1 is dyno's own.
     *
     * @param argv the program's path first
     * @param directory where it works; dyno's own place where it is null
     * @return its pid, or -1
     */
    public static int start(
            List<String> argv,
            List<String> environment,
            @Nullable Path directory,
            int in,
            int out,
            int err) {
        if (!Binding.isOwn()) {
            return PosixSpawn.start(argv, environment, directory, in, out, err);
        }
        byte @Nullable [] place = directory == null ? null : text(directory.toString());
        return Shim.spawn(texts(argv), texts(environment), place, null, in, out, err);
    }

    /** As {@link #start(List, List, Path, int, int, int)}, as an invocation says. */
    public static int start(Invocation invocation, int in, int out, int err) {
        return start(
                invocation.argv(), environment(invocation), invocation.directory(), in, out, err);
    }

    /**
     * With a pseudo-terminal as its session's and as its descriptors 0 to 2.
     *
     * @param slave the terminal's name
     * @return its pid, or -1
     */
    public static int onTerminal(Invocation invocation, String slave, int master) {
        List<String> environment = environment(invocation);
        if (!Binding.isOwn()) {
            return Pty4j.start(
                    invocation.argv(), environment, invocation.directory(), slave, master);
        }
        return Shim.spawn(
                texts(invocation.argv()),
                texts(environment),
                text(invocation.directory().toString()),
                text(slave),
                -1,
                -1,
                -1);
    }

    private static List<String> environment(Invocation invocation) {
        var environment = new ArrayList<String>();
        for (Map.Entry<String, String> each : invocation.environment().entrySet()) {
            environment.add(each.getKey().concat("=").concat(each.getValue()));
        }
        return environment;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] texts(List<String> all) {
        var bytes = new ByteArrayOutputStream();
        for (String each : all) {
            bytes.writeBytes(text(each));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }
}
