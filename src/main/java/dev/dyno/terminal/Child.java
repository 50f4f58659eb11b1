package dev.dyno.terminal;

import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Members;
import dev.dyno.process.Posix;
import dev.dyno.process.Reaper;
import dev.dyno.process.Running;
import dev.dyno.process.Spawn;
import dev.dyno.process.Survivors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A program nobody is attached to: it writes to a pseudo-terminal of its own, or to two pipes, and
 * what it reads never comes. dyno has many of these at a time.
 */
public final class Child implements Running {
    private static final long YOUTH_NANOS = 1_000_000_000;

    private final long pid;
    private final Members members;
    private final List<Integer> outputs;
    private final long began = System.nanoTime();
    private volatile boolean gone;

    private Child(long pid, Members members, List<Integer> outputs) {
        this.pid = pid;
        this.members = members;
        this.outputs = outputs;
    }

    /**
     * Starts a program. Bubblewrap's dies with the thread that calls this, so it has to live long.
     *
     * @param size of its terminal; null gives it pipes
     * @param dyno the dyno's directory, by which its processes are known
     * @param ended called once no process of it is left, on a thread of its own
     * @throws IOException where it cannot be started
     */
    public static Child start(
            Reaper reaper,
            Invocation invocation,
            @Nullable WindowSize size,
            Path dyno,
            Consumer<Exit> ended)
            throws IOException {
        var start = new Start(reaper, invocation, dyno, ended);
        return size == null ? start.withPipes(Silence.READ_END) : start.withTerminal(size);
    }

    /** As {@link #start}, with pipes, but what it reads is at its end at once. */
    public static Child startWithoutInput(
            Reaper reaper, Invocation invocation, Path dyno, Consumer<Exit> ended)
            throws IOException {
        int nothing = Posix.open("/dev/null", Posix.O_RDWR);
        try {
            return new Start(reaper, invocation, dyno, ended).withPipes(nothing);
        } finally {
            Posix.close(nothing);
        }
    }

    /** How a program is started: the parts that pipes and terminals have in common. */
    private record Start(Reaper reaper, Invocation invocation, Path dyno, Consumer<Exit> ended) {
        Child withTerminal(WindowSize size) throws IOException {
            Pty pty = Pty.open(null, size);
            pty.leaveLineEnds();
            return run(() -> pty.trySpawn(invocation), List.of(pty.master()), List.of());
        }

        Child withPipes(int in) throws IOException {
            int[] out = Posix.privatePipe();
            int[] err = Posix.privatePipe();
            nonBlocking(out[0]);
            nonBlocking(err[0]);
            return run(
                    () -> Spawn.start(invocation, in, out[1], err[1]),
                    List.of(out[0], err[0]),
                    List.of(out[1], err[1]));
        }

        private Child run(IntSupplier start, List<Integer> outputs, List<Integer> others)
                throws IOException {
            var child = new CompletableFuture<Child>();
            var leader = new AtomicReference<@Nullable ProcessHandle>();
            int pid =
                    reaper.start(
                            () -> {
                                int started = start.getAsInt();
                                // Now, while nobody can have reaped it.
                                leader.set(ProcessHandle.of(started).orElse(null));
                                return started;
                            },
                            exit -> onItsOwnThread(() -> end(child.join(), exit)));
            others.forEach(Posix::close);
            ProcessHandle found = leader.get();
            if (pid <= 0 || found == null) {
                outputs.forEach(Posix::close);
                throw new IOException("cannot start " + invocation.argv().getFirst());
            }
            var members = new Members(found, invocation.holders(), new Survivors(dyno));
            child.complete(new Child(pid, members, outputs));
            return child.join();
        }

        private static void onItsOwnThread(Runnable task) {
            Thread.ofPlatform().name("end").daemon().start(task);
        }

        private void end(Child child, Exit exit) {
            if (invocation.holders() == 0) {
                child.members.killRest();
            }
            child.gone = true;
            ended.accept(exit);
        }

        private static void nonBlocking(int fd) {
            Posix.fcntl(fd, Posix.F_SETFL, Posix.fcntl(fd, Posix.F_GETFL, 0) | Posix.O_NONBLOCK);
        }
    }

    /** A stdin that neither says anything nor ends, for as long as dyno lives. */
    private static final class Silence {
        static final int READ_END = Posix.privatePipe()[0];
    }

    /** Of the program, or of what holds it. */
    public long pid() {
        return pid;
    }

    /**
     * What it writes comes out of these: its terminal, or its stdout and its stderr. They do not
     * block, and are the caller's to close.
     */
    public List<Integer> outputs() {
        return outputs;
    }

    @Override
    public void signal(int signal) {
        if (!gone) {
            members.signal(signal);
        }
    }

    @Override
    public void hangUpIdleShells() {
        if (!gone) {
            members.hangUpIdleShells();
        }
    }

    @Override
    public void kill() {
        if (!gone) {
            members.kill();
        }
    }

    @Override
    public boolean isYoung() {
        return System.nanoTime() - began < YOUTH_NANOS;
    }

    @Override
    public boolean isGone() {
        return gone;
    }
}
