package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Limits;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Pipes;
import dev.dyno.process.Posix;
import dev.dyno.process.Running;
import dev.dyno.process.Signals;
import dev.dyno.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program to its end with the user attached, by a terminal or by pipes.
 *
 * @param mark the directory by which what it starts is known
 * @param dyno that ends with it; null where it is one more program of another's dyno
 * @param watch is given the program before it begins, and returns who ends it from outside
 */
record Attached(
        World world,
        Stopper stopper,
        Path mark,
        @Nullable Dyno dyno,
        UnaryOperator<Running> watch) {

    /** Runs a dyno's own program, within the limits of its size. */
    static Exit run(
            World world,
            Stopper stopper,
            Dyno dyno,
            DynoSpec spec,
            @Nullable Terminal terminal,
            Invocation invocation)
            throws IOException, InterruptedException {
        Limits limits = Limits.of(spec, dyno, world.clock());
        Exit exit;
        try (limits) {
            exit =
                    new Attached(world, stopper, dyno.directory(), dyno, limits::watch)
                            .run(terminal, limits.join(invocation));
        }
        return limits.exit(exit);
    }

    Exit run(@Nullable Terminal terminal, Invocation invocation)
            throws IOException, InterruptedException {
        return terminal != null ? atTerminal(terminal, invocation) : inPipes(invocation);
    }

    private Exit atTerminal(Terminal terminal, Invocation invocation) throws IOException {
        terminal.guard(mark);
        stopper.aim(
                watch.apply(terminal),
                dyno,
                () -> {
                    terminal.abandon();
                    end(terminal.exit());
                });
        try {
            return terminal.run(invocation, () -> stopper.stopSoon(Posix.SIGHUP));
        } finally {
            terminal.close();
        }
    }

    private Exit inPipes(Invocation invocation) throws IOException, InterruptedException {
        var pipes =
                new Pipes(
                        new Pipes.Terminals(
                                world.inIsTerminal(), world.outIsTerminal(), world.errIsTerminal()),
                        mark);
        stopper.aim(watch.apply(pipes), dyno, () -> end(Optional.empty()));
        var interrupted = new AtomicBoolean();
        Signals.on(
                "INT",
                signal -> {
                    // Ctrl-C is the program's to answer, as in a shell; a second one is meant for
                    // us.
                    if (interrupted.compareAndSet(false, true)) {
                        pipes.signal(signal);
                    } else {
                        stopper.stop(signal);
                    }
                });
        return pipes.run(invocation);
    }

    /** The dyno's end, where whoever began it is caught in a write and will never come to that. */
    private void end(Optional<Exit> exit) {
        if (dyno != null) {
            dyno.ended(exit.orElse(new Exit.Code(stopper.status())), false);
            dyno.close();
        }
    }
}
