package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The user, who waits for the program and is told of the dyno on stderr (heroku.md 1.4). */
final class AttachedClient implements Client {
    private final World world;
    private final Messages messages;
    private final Palette palette;
    private final @Nullable Recording recording;
    private @Nullable StatusLine status;

    AttachedClient(World world, Messages messages, Palette palette) {
        this(world, messages, palette, null);
    }

    /**
     * @param recording how the session is recorded; null where it is not
     */
    AttachedClient(World world, Messages messages, Palette palette, @Nullable Recording recording) {
        this.recording = recording;
        this.world = world;
        this.messages = messages;
        this.palette = palette;
    }

    @Override
    public boolean isAttached() {
        return true;
    }

    @Override
    public void begins(DynoSpec spec) {
        boolean live = world.errIsTerminal() && palette.level() != Palette.Level.NONE;
        Palette colours = live ? palette : Palette.PLAIN;
        var line =
                new StatusLine(
                        world.err(),
                        "Running "
                                + colours.code(Printable.escape(spec.command().typed()))
                                + " on "
                                + colours.appName(spec.app().name()),
                        live);
        line.begin();
        status = line;
    }

    @Override
    public void warns(String warning) {
        if (status != null) {
            status.clear();
        }
        messages.warning(warning);
    }

    @Override
    public void comesUp(Dyno dyno, int port) throws IOException {
        dyno.up(port);
        if (status != null) {
            status.end("up, " + dyno.name());
        }
    }

    @Override
    public Exit run(
            Dyno dyno,
            DynoSpec spec,
            Invocation invocation,
            @Nullable Terminal terminal,
            Stopper stopper)
            throws IOException, InterruptedException {
        if (recording != null) {
            return recording.during(
                    dyno,
                    spec,
                    terminal,
                    () -> Attached.run(world, stopper, dyno, spec, terminal, invocation));
        }
        return Attached.run(world, stopper, dyno, spec, terminal, invocation);
    }

    @Override
    public void fails() {
        if (status != null) {
            status.fail();
        }
    }
}
