package dev.dyno.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program without a terminal. What dyno itself reads from or writes to (a file, a pipe) is
 * handed on as it is: not a byte passes through dyno, so none is lost, reordered or changed. Only
 * what is a terminal is bridged by a pipe, since a dyno must not hold the user's terminal
 * (reliability.md 0.9). The program has a session of its own.
 */
public final class Pipes implements Running {
    private static final long YOUTH_NANOS = 1_000_000_000;
    private static final long TAIL_MILLIS = 2000;
    private static final int BUFFER = 8192;

    private final Terminals terminals;
    private final Survivors survivors;
    private volatile @Nullable Members members;
    private volatile int early;
    private volatile long began;
    private volatile boolean ended;

    /** Which of dyno's own three streams are terminals. */
    public record Terminals(boolean in, boolean out, boolean err) {}

    /**
     * @param directory the dyno's directory, by which its processes are known
     */
    public Pipes(Terminals terminals, Path directory) {
        this.terminals = terminals;
        this.survivors = new Survivors(directory);
    }

    /** Runs it to its end, then ends what it left running and delivers what was still written. */
    public Exit run(Invocation invocation) throws IOException, InterruptedException {
        try (var in = terminals.in ? Pipe.toProgram() : Pipe.NONE;
                var out = terminals.out ? Pipe.ofProgram() : Pipe.NONE;
                var err = terminals.err ? Pipe.ofProgram() : Pipe.NONE) {
            int pid = Spawn.start(invocation, in.theirs, out.theirs, err.theirs);
            in.started();
            out.started();
            err.started();
            ProcessHandle leader = ProcessHandle.of(pid).orElse(null);
            if (pid <= 0 || leader == null) {
                throw new IOException("cannot start " + invocation.argv().getFirst());
            }
            began = System.nanoTime();
            var all = new Members(leader, invocation.holders(), survivors);
            members = all;
            if (early != 0) {
                signal(early);
            }
            @Nullable Thread outBridge = bridge(out.ours, 1);
            @Nullable Thread errBridge = bridge(err.ours, 2);
            @Nullable Keyboard keyboard = terminals.in ? new Keyboard(in) : null;
            Exit exit = await(pid);
            ended = true;
            all.killRest();
            join(outBridge);
            join(errBridge);
            if (keyboard != null) {
                keyboard.close();
            }
            return exit;
        }
    }

    private static Exit await(int pid) {
        var status = new int[1];
        while (Posix.waitpid(pid, status, 0) < 0 && Posix.errno() == Posix.EINTR) {
            // waited on
        }
        return Exit.ofWaitStatus(status[0]);
    }

    /** Sent while the program is still to be started, it is sent as soon as there is one. */
    @Override
    public void signal(int signal) {
        early = signal;
        Members running = members;
        if (running != null) {
            running.signal(signal);
        }
    }

    @Override
    public void hangUpIdleShells() {
        Members running = members;
        if (running != null) {
            running.hangUpIdleShells();
        }
    }

    @Override
    public void kill() {
        early = Posix.SIGKILL;
        Members running = members;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public boolean isYoung() {
        return members == null || System.nanoTime() - began < YOUTH_NANOS;
    }

    @Override
    public boolean isGone() {
        return ended;
    }

    /** Copies to one of dyno's own what the program writes; null where it has that itself. */
    private static @Nullable Thread bridge(int from, int to) {
        return from < 0 ? null : Thread.ofPlatform().daemon().start(() -> copy(from, to));
    }

    private static void copy(int from, int to) {
        var bytes = ByteBuffer.allocateDirect(BUFFER);
        while (true) {
            bytes.clear();
            int count = (int) Posix.read(from, bytes, BUFFER);
            if (count > 0) {
                if (!Posix.writeWhole(to, bytes.limit(count))) {
                    return;
                }
            } else if (count == 0 || Posix.errno() != Posix.EINTR) {
                return;
            }
        }
    }

    private static void join(@Nullable Thread bridge) throws InterruptedException {
        if (bridge != null) {
            bridge.join(TAIL_MILLIS);
        }
    }

    /** A pipe between dyno and the program; its ends are -1 where there is none. */
    private static final class Pipe implements AutoCloseable {
        static final Pipe NONE = new Pipe(-1, -1);

        final int ours;
        private int theirs;
        private boolean closed;

        private Pipe(int ours, int theirs) {
            this.ours = ours;
            this.theirs = theirs;
        }

        static Pipe ofProgram() {
            int[] fds = Posix.privatePipe();
            return new Pipe(fds[0], fds[1]);
        }

        static Pipe toProgram() {
            int[] fds = Posix.privatePipe();
            // A program that does not read must not hold up the thread that types.
            int flags = Posix.fcntl(fds[1], Posix.F_GETFL, 0);
            Posix.fcntl(fds[1], Posix.F_SETFL, flags | Posix.O_NONBLOCK);
            return new Pipe(fds[1], fds[0]);
        }

        /** The program has its end, or will never have it. */
        void started() {
            if (theirs >= 0) {
                Posix.close(theirs);
                theirs = -1;
            }
        }

        @Override
        public synchronized void close() {
            started();
            if (ours >= 0 && !closed) {
                closed = true;
                Posix.close(ours);
            }
        }
    }

    /** Reads the terminal for a program that has a pipe as stdin. */
    private static final class Keyboard implements AutoCloseable {
        private final Pipe program;
        private final Wake quit = new Wake();
        private final Thread thread;

        Keyboard(Pipe program) {
            this.program = program;
            thread = Thread.ofPlatform().daemon().start(this::type);
        }

        private void type() {
            // Where another job has the terminal, reading it would stop us.
            if (Posix.tcgetpgrp(0) == Posix.getpgrp()) {
                pass();
            }
            program.close();
        }

        private void pass() {
            var poll = new Poll(0, quit.fd());
            poll.want(0, Posix.POLLIN);
            poll.want(1, Posix.POLLIN);
            var bytes = ByteBuffer.allocateDirect(BUFFER);
            while (poll.await(-1) && !poll.ready(1)) {
                bytes.clear();
                int count = (int) Posix.read(0, bytes, BUFFER);
                if (count <= 0 || !press(bytes.limit(count))) {
                    return;
                }
            }
        }

        /** False once the program reads no more. */
        private boolean press(ByteBuffer bytes) {
            var room = new Poll(program.ours, quit.fd());
            room.want(0, Posix.POLLOUT);
            room.want(1, Posix.POLLIN);
            while (bytes.hasRemaining()) {
                room.await(-1);
                if (room.ready(1)) {
                    return false;
                }
                long written = Posix.write(program.ours, bytes.slice(), bytes.remaining());
                if (written > 0) {
                    bytes.position(bytes.position() + (int) written);
                } else if (Posix.errno() != Posix.EAGAIN && Posix.errno() != Posix.EINTR) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            quit.up();
            try {
                thread.join(TAIL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
