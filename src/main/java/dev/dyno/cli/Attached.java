package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Limits;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Pipes;
import dev.dyno.process.Posix;
import dev.dyno.process.Signals;
import dev.dyno.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs a dyno's program to its end with the user attached, by a terminal or by pipes, within the
 * limits of its size.
 */
record Attached(World world, Stopper stopper, Dyno dyno) {
    Exit run(DynoSpec spec, @Nullable Terminal terminal, Invocation invocation)
            throws IOException, InterruptedException {
        Limits limits = Limits.of(spec, dyno, world.clock());
        Exit exit;
        try (limits) {
            Invocation limited = limits.join(invocation);
            exit =
                    terminal != null
                            ? atTerminal(terminal, limited, limits)
                            : inPipes(limited, limits);
        }
        return limits.exit(exit);
    }

    private Exit atTerminal(Terminal terminal, Invocation invocation, Limits limits)
            throws IOException {
        terminal.guard(dyno.directory());
        stopper.aim(
                limits.watch(terminal),
                dyno,
                () -> {
                    terminal.abandon();
                    dyno.close();
                });
        try {
            return terminal.run(invocation, () -> stopper.stopSoon(Posix.SIGHUP));
        } finally {
            terminal.close();
        }
    }

    private Exit inPipes(Invocation invocation, Limits limits)
            throws IOException, InterruptedException {
        var pipes =
                new Pipes(
                        new Pipes.Terminals(
                                world.inIsTerminal(), world.outIsTerminal(), world.errIsTerminal()),
                        dyno.directory());
        stopper.aim(limits.watch(pipes), dyno, dyno::close);
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
}
