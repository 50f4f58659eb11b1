package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that was kept, open while this is: by another dyno command, which has a program in it
 * that waits for the end of its input.
 */
final class HeldOpen implements AutoCloseable {
    private final @Nullable Process holder;

    private HeldOpen(@Nullable Process holder) {
        this.holder = holder;
    }

    /** Opens it where it was kept and nobody has it open; else there is nothing to do. */
    static HeldOpen of(DynoName name, App app, World world, Messages messages) throws IOException {
        if (KeptSandbox.of(name, app, world, messages).isEmpty()) {
            return new HeldOpen(null);
        }
        Process holder =
                new ProcessBuilder(
                                List.of(
                                        System.getProperty("dyno.launcher", "dyno"),
                                        "run:inside",
                                        "--no-tty",
                                        "-a",
                                        app.directory().toString(),
                                        name.toString(),
                                        "echo; exec cat"))
                        .redirectError(Redirect.DISCARD)
                        .start();
        if (holder.getInputStream().read() != '\n') {
            holder.destroy();
            throw new UserError(
                    "the sandbox of " + name + " cannot be opened",
                    "See why with: " + dev.dyno.CalledAs.NAME + " run:inside " + name + " true");
        }
        return new HeldOpen(holder);
    }

    /** Has it closed again, with what was changed in it meanwhile. */
    @Override
    public void close() throws IOException {
        Process process = holder;
        if (process == null) {
            return;
        }
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
