package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Limits;
import dev.dyno.output.Output.Source;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import dev.dyno.process.Running;
import dev.dyno.slug.Stopped;
import dev.dyno.terminal.Child;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The program of one dyno, from its sandbox to the last byte it wrote. */
final class Program {
    /** Told of it, on threads of others. */
    interface Listener {
        /**
         * It runs.
         *
         * @param read has what it writes read from now on: a log says that it runs before anything
         *     that it wrote
         */
        void started(Runnable read);

        /** No process is left, and what they wrote is out. */
        void ended(Exit exit);

        /** It never ran; {@code why} is for the user, unless it was called off. */
        void failed(@Nullable UserError why);
    }

    private final Stage stage;
    private final Dyno dyno;
    private final DynoSpec spec;
    private final Listener listener;
    private final CompletableFuture<Source> source = new CompletableFuture<>();
    private final AtomicBoolean nudging = new AtomicBoolean();
    private @Nullable Running running;
    private int early;

    Program(Stage stage, Dyno dyno, DynoSpec spec, Listener listener) {
        this.stage = stage;
        this.dyno = dyno;
        this.spec = spec;
        this.listener = listener;
    }

    /** Begins to start it; the listener hears how that went. */
    void start(Build build, int port) {
        stage.starter().execute(() -> startNow(build, port));
    }

    private void startNow(Build build, int port) {
        try {
            if (isCalledOff()) {
                throw new Stopped();
            }
            var invocation = stage.preparation().prepare(dyno, spec, build, port);
            Limits limits = Limits.of(spec, dyno, stage.clock());
            if (isCalledOff()) {
                throw new Stopped();
            }
            dyno.starting(port);
            Child child =
                    Child.start(
                            stage.reaper(),
                            limits.join(invocation),
                            stage.window(),
                            dyno.directory(),
                            exit -> end(limits, exit));
            run(limits.watch(child, child.pid()));
            // Only from then on it may be told to have ended.
            listener.started(() ->
                    source.complete(
                            stage.output()
                                    .read(child.outputs(), dyno.name().toString(), dyno.log())));
        } catch (Stopped e) {
            listener.failed(null);
        } catch (UserError e) {
            listener.failed(e);
        } catch (IOException e) {
            listener.failed(new UserError("cannot start " + dyno.name() + ": " + e.getMessage()));
        }
    }

    private void end(Limits limits, Exit exit) {
        Source open = source.join();
        limits.close();
        open.finish(() -> listener.ended(limits.exit(exit)));
    }

    private void run(Running started) {
        int signal;
        synchronized (this) {
            running = started;
            signal = early;
        }
        if (signal != 0) {
            signal(signal);
        }
    }

    private synchronized boolean isCalledOff() {
        return early != 0;
    }

    /** SIGTERM, or SIGKILL, to all of its processes; sent early, it is not even started. */
    void signal(int signal) {
        Running target;
        synchronized (this) {
            early = signal;
            target = running;
        }
        if (target != null) {
            stage.effects()
                    .execute(() -> {
                        if (signal == Posix.SIGKILL) {
                            target.kill();
                        } else {
                            target.signal(signal);
                        }
                    });
        }
    }

    /**
     * Within its grace: what may have been lost is said again, and shells that idle are hung up.
     */
    void nudge() {
        Running target;
        synchronized (this) {
            target = running;
        }
        if (target != null && !target.isGone() && nudging.compareAndSet(false, true)) {
            stage.effects()
                    .execute(() -> {
                        if (target.isYoung()) {
                            target.signal(Posix.SIGTERM);
                        }
                        target.hangUpIdleShells();
                        nudging.set(false);
                    });
        }
    }
}
