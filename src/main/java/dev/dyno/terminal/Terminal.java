package dev.dyno.terminal;

import dev.dyno.process.Binding;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import dev.dyno.process.Running;
import dev.dyno.process.Signals;
import dev.dyno.process.Spawn;
import dev.dyno.process.Wake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a dyno the user's terminal for as long as it lives: the program gets a pseudo-terminal of
 * the same size and settings, keys go in raw, output comes out unchanged to the last byte, and
 * whatever happens the user's terminal is as it was before.
 */
public final class Terminal implements Running, AutoCloseable {
    private static final int BUFFER = 8192;
    private static final int OUT = 1;

    private final UserTerminal user = new UserTerminal();
    private final ScreenModes modes = new ScreenModes();
    private final @Nullable Guardian guardian;
    private final Pty pty;
    private final AtomicBoolean closed = new AtomicBoolean();
    private WindowSize size;
    private volatile boolean fixed;
    private volatile @Nullable Processes processes;
    private volatile int early;
    private @Nullable Witness witness;

    private Terminal() throws IOException {
        byte @Nullable [] settings = user.save();
        guardian = Guardian.start(1);
        Spawn.load();
        size = user.size();
        pty = Pty.open(settings, size);
    }

    /** Begins to load what is native, where that takes long, while there is other work. */
    public static void preload() {
        if (!Binding.isOwn()) {
            Thread.ofPlatform().name("preload").daemon().start(Spawn::load);
        }
    }

    /**
     * Sets up all that is native; takes some 25 ms of a thread that has nothing better to do.
     *
     * @return null where dyno is not the terminal's foreground job and must leave it alone
     */
    public static @Nullable Terminal open() throws IOException {
        return UserTerminal.isForeground() ? new Terminal() : null;
    }

    /** Why this machine gives no pseudo-terminal; empty where it does. */
    public static String unavailable() {
        try (Pty pty = Pty.open(null, WindowSize.DEFAULT)) {
            return pty.master() < 0 ? "there is no pseudo-terminal" : "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    public WindowSize size() {
        return size;
    }

    /** Has all that is to come seen by one more; called before {@link #run}. */
    public void show(Witness seer) {
        witness = seer;
    }

    /** The program's terminal has this size, whatever the user's has, until that is resized. */
    public void fix(WindowSize other) {
        size = other;
        fixed = true;
    }

    /** From now on the dyno of this directory is cleaned up even if dyno is killed. */
    public void guard(Path directory) {
        if (guardian != null) {
            guardian.watch(directory);
        }
    }

    /**
     * Runs a program to its end, and everything it left running to theirs.
     *
     * @param lost called when the user's terminal is gone, as when its window is closed
     * @throws IOException where it cannot be started
     */
    public Exit run(Invocation invocation, Runnable lost) throws IOException {
        if (guardian != null) {
            guardian.ready();
        }
        Posix.adoptOrphans();
        user.raw();
        hearSignals();
        resize();
        var running = new Processes(pty.spawn(invocation), invocation.holders());
        processes = running;
        if (early != 0) {
            running.signal(early);
        }
        Witness seer = witness;
        Consumer<ByteBuffer> typed =
                seer == null || !seer.wantsInput() ? null : keys -> typed(keys, seer);
        try (var keyboard = new Keyboard(pty.master(), typed, lost)) {
            keyboard.start();
            copyOutput(running, lost);
            return running.exit();
        }
    }

    /** Sent while the program is still to be started, it is sent as soon as there is one. */
    @Override
    public void signal(int signal) {
        early = signal;
        Processes running = processes;
        if (running != null) {
            running.signal(signal);
        }
    }

    @Override
    public void hangUpIdleShells() {
        Processes running = processes;
        if (running != null) {
            running.hangUpIdleShells();
        }
    }

    @Override
    public void kill() {
        early = Posix.SIGKILL;
        Processes running = processes;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public boolean isYoung() {
        Processes running = processes;
        return running == null || running.isYoung();
    }

    @Override
    public boolean isGone() {
        Processes running = processes;
        return running != null && running.isGone();
    }

    /** How the program ended; nothing while some of its processes are there. */
    public Optional<Exit> exit() {
        Processes running = processes;
        return running != null && running.isGone() ? Optional.of(running.exit()) : Optional.empty();
    }

    /** Gives the terminal back. May be called at any time, more than once, from any thread. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pty.close();
        String undo = modes.undo();
        if (!undo.isEmpty()) {
            write(undo.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        user.leave();
        if (guardian != null) {
            guardian.close();
        }
    }

    /**
     * Gives the terminal back when it takes no more output and one cannot wait for it, as whoever
     * is in {@link #close()} may do. What undoes the modes that are on the guardian writes to it,
     * once dyno has ended and it takes some.
     */
    public void abandon() {
        user.leave();
    }

    private void hearSignals() {
        Signals.on(
                "WINCH",
                _ -> {
                    fixed = false;
                    resize();
                });
        Signals.on(
                "TSTP",
                _ -> {
                    user.restore();
                    Posix.kill(Posix.getpid(), Posix.SIGSTOP);
                });
        Signals.on(
                "CONT",
                _ -> {
                    if (processes != null && !closed.get()) {
                        user.raw();
                        resize();
                    }
                });
    }

    private void resize() {
        WindowSize now = fixed ? size : user.size();
        pty.resize(now);
        if (witness != null) {
            witness.resized(now);
        }
    }

    /** A password is typed where nothing is echoed, so nothing of that is shown to anybody. */
    private void typed(ByteBuffer keys, Witness seer) {
        if (pty.echoes()) {
            seer.input(keys);
        }
    }

    /** Until every process is gone and the terminal has nothing more to say. */
    private void copyOutput(Processes running, Runnable lost) {
        Wake gone = running.gone();
        var poll = new Poll(pty.master(), gone.fd());
        poll.want(0, Posix.POLLIN);
        poll.want(1, Posix.POLLIN);
        var hungUp = new Poll(gone.fd());
        hungUp.want(0, Posix.POLLIN);
        var bytes = ByteBuffer.allocateDirect(BUFFER);
        while (true) {
            poll.await(-1);
            if (!poll.ready(0)) {
                return;
            }
            bytes.clear();
            int count = (int) Posix.read(pty.master(), bytes, BUFFER);
            if (count > 0) {
                bytes.limit(count);
                if (modes.watch(bytes, count) && guardian != null) {
                    guardian.undo(modes.undo());
                }
                if (!Posix.writeWhole(OUT, bytes)) {
                    lost.run();
                }
                if (witness != null) {
                    witness.output(bytes.position(0));
                }
            } else if (count == 0
                    || (Posix.errno() != Posix.EAGAIN && Posix.errno() != Posix.EINTR)) {
                // Nobody has the terminal open now, but somebody may open /dev/tty again.
                if (hungUp.await(50)) {
                    return;
                }
            }
        }
    }

    static boolean write(byte[] bytes) {
        return Posix.writeWhole(OUT, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }
}
