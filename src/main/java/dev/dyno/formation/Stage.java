package dev.dyno.formation;

import dev.dyno.app.App;
import dev.dyno.dyno.Dynos;
import dev.dyno.output.Output;
import dev.dyno.process.Reaper;
import dev.dyno.terminal.WindowSize;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where a formation's dynos run, and what they share.
 *
 * @param window the size of their terminals; null gives them pipes
 * @param limited whether they may use no more than their sizes allow
 * @param user who starts them, as logs name them
 * @param grace how long processes have between SIGTERM and SIGKILL
 * @param starter one thread that lives as long as the dynos, since bubblewrap dies with the thread
 *     that started it
 * @param effects threads for what takes its time, such as finding all processes of a dyno
 */
public record Stage(
        App app,
        Dynos dynos,
        Preparation preparation,
        Output output,
        InstantSource clock,
        @Nullable WindowSize window,
        boolean limited,
        String user,
        Duration grace,
        Reaper reaper,
        Executor starter,
        Executor effects) {}
