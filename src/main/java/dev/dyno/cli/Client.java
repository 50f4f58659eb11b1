package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.terminal.Terminal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whoever a one-off is run for: what is told on the way, and where its program's output goes. */
sealed interface Client permits AttachedClient, DetachedClient {
    /** Whether it ends when the window it was called from is closed. */
    boolean isAttached();

    void begins(DynoSpec spec);

    void warns(String warning);

    /** The program is about to be started. */
    void comesUp(Dyno dyno, int port) throws IOException;

    /** Runs the program to its end, within the limits of its size. */
    Exit run(
            Dyno dyno,
            DynoSpec spec,
            Invocation invocation,
            @Nullable Terminal terminal,
            Stopper stopper)
            throws IOException, InterruptedException;

    /** It is not going to be started; why is said by whoever called. */
    void fails();
}
