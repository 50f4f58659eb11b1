package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import dev.dyno.terminal.WindowSize;
import dev.dyno.text.Palette;
import java.util.List;
import java.util.TreeSet;

/**
 * A one-off that has ended, to be run again.
 *
 * @param more environment variables over those it had
 */
record Rerun(World world, Messages messages, App app, Run run, ConfigVars more, Palette palette) {
    /** What is run, of what. */
    record Task(CommandLine command, Origin origin) {}

    /**
     * How it is run.
     *
     * @param terminal whether the user has one
     * @param untilFail whether the first that fails is the last, and its sandbox kept
     * @param keep whether to keep the sandbox of each
     */
    record Way(boolean terminal, int times, boolean untilFail, boolean keep) {}

    /**
     * As it was.
     *
     * @throws UserError where its release is no longer kept, or a value did not come along with it
     */
    Task recorded() {
        var runs = new Runs(world.home(), app);
        var missing = new TreeSet<>(runs.missing(run.name()));
        missing.removeAll(more.values().keySet());
        if (!missing.isEmpty()) {
            throw new UserError(
                    run.name()
                            + " was imported without the values of "
                            + ImportCommand.names(missing),
                    "Give them: " + ImportCommand.way(run, missing));
        }
        Release release =
                RunFacts.release(run, runs, app, world)
                        .orElseThrow(() ->
                                new UserError(
                                        "the release of " + run.name() + " is no longer kept",
                                        "Run it on today's files: "
                                                + CalledAs.NAME
                                                + " rerun "
                                                + run.name()
                                                + " --on current"));
        return new Task(run.command(), new OriginEarlier(release));
    }

    /** On the app as it is now. */
    Task current() {
        ConfigVars env = World.env(app);
        Procfile procfile = messages.understood(Procfile.read(app.directory()));
        return new Task(
                CommandLine.of(List.of(run.command().typed()), procfile), new OriginToday(env));
    }

    /** Returns the status of the first that failed; 0 where none has. */
    int repeat(Task task, Way way) throws Exception {
        Run.Setting setting = run.setting();
        boolean had = setting != null && setting.hasTerminal();
        if (setting != null && had && !way.terminal()) {
            messages.line(
                    run.name()
                            + " had a terminal of "
                            + setting.columns()
                            + " x "
                            + setting.rows()
                            + ", this has none");
        }
        var tally = new Tally(way);
        for (int i = 0; i < way.times() && !tally.isOver(); i++) {
            var client = new AttachedClient(world, messages, palette);
            try (var oneOff =
                    new OneOff(world, client, messages, had && way.terminal(), isolation())) {
                oneOff.keepingIf(status -> way.keep() || (way.untilFail() && status != 0));
                if (setting != null && had) {
                    oneOff.sized(new WindowSize(setting.rows(), setting.columns(), 0, 0));
                }
                int status = oneOff.run(spec(task), task.origin(), run.own().with(more));
                tally.add(status, oneOff);
            }
        }
        if (way.times() > 1) {
            tally.say(messages);
        }
        return tally.status();
    }

    /** The same as it had; empty where it never came so far. */
    String isolation() {
        Run.Setting setting = run.setting();
        return setting == null ? "" : setting.isolation();
    }

    DynoSpec spec(Task task) {
        return new DynoSpec(
                app,
                run.name().type(),
                task.command(),
                DynoSize.parse(run.size()),
                run.limited(),
                World.user());
    }
}
