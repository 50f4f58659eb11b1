package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.log.LogLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One name in a formation, such as {@code web.1}, and the dyno that bears it now: each start is a
 * new dyno, with a sandbox of its own. For the supervisor's thread.
 */
final class Post {
    private final Stage stage;
    private final DynoName name;
    private final int port;
    private final Consumer<LogLine> witness;
    private @Nullable Dyno dyno;
    private @Nullable Program program;
    private boolean used;

    Post(Stage stage, DynoName name, int port, Consumer<LogLine> witness) {
        this.stage = stage;
        this.name = name;
        this.port = port;
        this.witness = witness;
    }

    int port() {
        return port;
    }

    /** The dyno, made if there is none yet. */
    Dyno dyno(Build build, DynoSize size) {
        Dyno present = dyno;
        if (present == null) {
            present =
                    stage.dynos()
                            .create(
                                    spec(build, size),
                                    name.number(),
                                    build.release(),
                                    "down",
                                    witness);
            dyno = present;
            used = false;
        }
        return present;
    }

    /** Starts its command in a sandbox nobody has used. */
    void start(Build build, DynoSize size, Program.Listener listener) {
        if (used) {
            close();
            dyno =
                    stage.dynos()
                            .create(
                                    spec(build, size),
                                    name.number(),
                                    build.release(),
                                    "starting",
                                    witness);
        }
        Dyno fresh = dyno(build, size);
        used = true;
        var started = new Program(stage, fresh, spec(build, size), listener);
        program = started;
        started.start(build, port);
    }

    private DynoSpec spec(Build build, DynoSize size) {
        String command =
                build.procfile()
                        .command(name.type().name())
                        .orElseThrow(() ->
                                new UserError(
                                        "the Procfile has no " + name.type().name() + " any more",
                                        "Put it back, or scale it down: dyno ps:scale "
                                                + name.type().name()
                                                + "=0"));
        return new DynoSpec(
                stage.app(),
                new ProcessType(name.type().name()),
                new CommandLine(command, command),
                size,
                stage.limited(),
                stage.user());
    }

    void signal(int signal) {
        if (program != null) {
            program.signal(signal);
        }
    }

    void nudge() {
        if (program != null) {
            program.nudge();
        }
    }

    /** Takes it off the roster. */
    void close() {
        if (dyno != null) {
            dyno.close();
            dyno = null;
        }
    }
}
