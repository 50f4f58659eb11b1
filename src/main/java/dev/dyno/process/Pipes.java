package dev.dyno.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private final Terminals terminals;
    private final Survivors survivors;
    private volatile @Nullable Process process;
    private volatile @Nullable Members members;
    private volatile int early;
    private volatile long began;

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
        var argv = new ArrayList<>(OwnSession.program());
        argv.addAll(invocation.argv());
        var builder = new ProcessBuilder(argv).directory(invocation.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        builder.redirectInput(terminals.in ? Redirect.PIPE : Redirect.INHERIT);
        builder.redirectOutput(terminals.out ? Redirect.PIPE : Redirect.INHERIT);
        builder.redirectError(terminals.err ? Redirect.PIPE : Redirect.INHERIT);
        Process started = builder.start();
        began = System.nanoTime();
        process = started;
        var all = new Members(started.toHandle(), invocation.holders(), survivors);
        members = all;
        if (early != 0) {
            signal(early);
        }
        @Nullable Thread out = terminals.out ? bridge(started.getInputStream(), System.out) : null;
        @Nullable Thread err = terminals.err ? bridge(started.getErrorStream(), System.err) : null;
        @Nullable Keyboard keyboard =
                terminals.in ? Keyboard.start(started.getOutputStream()) : null;
        int status = started.waitFor();
        all.killRest();
        join(out);
        join(err);
        if (keyboard != null) {
            keyboard.close();
        }
        return status > 128 ? new Exit.Signalled(status - 128) : new Exit.Code(status);
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
        return process == null || System.nanoTime() - began < YOUTH_NANOS;
    }

    @Override
    public boolean isGone() {
        Process running = process;
        return running != null && !running.isAlive();
    }

    private static Thread bridge(InputStream from, PrintStream to) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        copy(from, to);
                    } catch (IOException e) {
                        // The program is gone, and with it the pipe.
                    }
                });
    }

    private static void copy(InputStream from, PrintStream to) throws IOException {
        var buffer = new byte[8192];
        int count;
        while ((count = from.read(buffer)) >= 0) {
            to.write(buffer, 0, count);
            to.flush();
        }
    }

    private static void join(@Nullable Thread bridge) throws InterruptedException {
        if (bridge != null) {
            bridge.join(TAIL_MILLIS);
        }
    }

    /** Reads the terminal for a program that has a pipe as stdin. */
    private static final class Keyboard implements AutoCloseable {
        private final Wake quit = new Wake();
        private final Thread thread;

        private Keyboard(OutputStream program) {
            thread = Thread.ofPlatform().daemon().start(() -> type(program));
        }

        static Keyboard start(OutputStream program) {
            return new Keyboard(program);
        }

        private void type(OutputStream program) {
            if (Posix.tcgetpgrp(0) != Posix.getpgrp()) {
                // Another job has the terminal: reading it would stop us. The program reads its
                // end.
                close(program);
                return;
            }
            var poll = new Poll(0, quit.fd());
            poll.want(0, Posix.POLLIN);
            poll.want(1, Posix.POLLIN);
            var bytes = ByteBuffer.allocateDirect(4096);
            try (program) {
                while (poll.await(-1) && !poll.ready(1)) {
                    int count = (int) Posix.read(0, bytes, bytes.capacity());
                    if (count <= 0) {
                        return;
                    }
                    var line = new byte[count];
                    bytes.get(0, line);
                    program.write(line);
                    program.flush();
                }
            } catch (IOException e) {
                // The program closed its stdin or is gone.
            }
        }

        private static void close(OutputStream program) {
            try {
                program.close();
            } catch (IOException e) {
                // It is gone already.
            }
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
