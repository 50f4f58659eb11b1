package dev.dyno.dyno;

import dev.dyno.app.App;
import dev.dyno.app.ProcessType;

/**
 * What decides a dyno before anything of it exists.
 *
 * @param user who starts it, as the log names them: {@code alice@localhost}
 */
public record DynoSpec(
        App app, ProcessType type, CommandLine command, DynoSize size, String user) {}
