package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.process.Posix;
import org.jspecify.annotations.Nullable;

/**
 * One name in a formation, such as {@code web.1}, and the dyno that bears it now: each start makes
 * a new one, with a sandbox nobody has used. The last one stays in the roster while it is crashed.
 */
final class Post {
    private final Stage stage;
    private final DynoName name;
    private final Report report;
    private @Nullable Dyno dyno;
    private @Nullable Program program;

    Post(Stage stage, DynoName name, Report report) {
        this.stage = stage;
        this.name = name;
        this.report = report;
    }

    /** Logs it, and shows it in the roster; for the first dyno, once that is made. */
    void changeState(State from, State to) {
        if (dyno != null) {
            dyno.changeState(from.toString(), to.toString());
        }
    }

    /**
     * Makes a dyno and starts its command.
     *
     * @throws UserError where it cannot be made
     */
    void start(Build build, DynoSize size, int port, Program.Listener listener) {
        DynoSpec spec = spec(build, size);
        boolean first = dyno == null;
        close();
        String state = (first ? State.DOWN : State.STARTING).toString();
        Dyno made =
                stage.dynos().create(spec, name.number(), build.release(), state, report::event);
        dyno = made;
        if (first) {
            changeState(State.DOWN, State.STARTING);
        }
        program = new Program(stage, made, spec, listener);
        program.start(build, port);
    }

    private DynoSpec spec(Build build, DynoSize size) {
        ProcessType type = name.type();
        String command =
                build.procfile()
                        .command(type.name())
                        .orElseThrow(() ->
                                new UserError(
                                        "the Procfile has no " + type + " any more",
                                        "Put it back, or scale it down: "
                                                + CalledAs.NAME
                                                + " ps:scale "
                                                + type
                                                + "=0"));
        return new DynoSpec(
                stage.app(),
                type,
                new CommandLine(command, command),
                size,
                stage.limited(),
                stage.user());
    }

    void restarting() {
        if (dyno != null) {
            dyno.restarting();
        }
    }

    void exited(int status) {
        if (dyno != null) {
            dyno.exited(status);
        }
    }

    /** SIGTERM to all of its processes. */
    void terminate() {
        if (dyno != null && program != null) {
            dyno.stopping(Posix.SIGTERM);
            program.signal(Posix.SIGTERM);
        }
    }

    /** SIGKILL to all of its processes. */
    void kill(Action.Reason reason, Plan.Rules rules) {
        if (dyno != null && program != null) {
            switch (reason) {
                case BOOT_TIMEOUT -> dyno.bootTimeout(rules.bootTimeout());
                case EXIT_TIMEOUT -> dyno.killing(rules.grace());
                case ASKED_TWICE -> dyno.killing(null);
            }
            program.signal(Posix.SIGKILL);
        }
    }

    void nudge() {
        if (program != null) {
            program.nudge();
        }
    }

    /** Takes its dyno off the roster. */
    void close() {
        if (dyno != null) {
            dyno.close();
            dyno = null;
        }
    }
}
