package dev.dyno.dyno;

import dev.dyno.app.App;
import dev.dyno.app.ProcessType;

/**
 * What decides a dyno before anything of it exists.
 *
 * @param limited whether it may use no more than its size allows
 * @param user who starts it, as the log names them: {@code alice@localhost}
 */
public record DynoSpec(
        App app,
        ProcessType type,
        CommandLine command,
        DynoSize size,
        boolean limited,
        String user) {
    /** This one, with another command. */
    DynoSpec with(CommandLine other) {
        return new DynoSpec(app, type, other, size, limited, user);
    }
}
