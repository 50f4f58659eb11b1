package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The sandbox of a one-off that has ended, which was kept and can be opened again. */
record KeptSandbox(World world, Messages messages, App app, Run run) {
    /** Nothing where none was kept, or it is open now. */
    static Optional<KeptSandbox> of(DynoName name, App app, World world, Messages messages) {
        if (world.dynos(app).find(name).isPresent()) {
            return Optional.empty();
        }
        world.sweep(messages); // who had it open last may have been killed
        var runs = new Runs(world.home(), app);
        return runs.hasSandbox(name)
                ? runs.find(name).map(run -> new KeptSandbox(world, messages, app, run))
                : Optional.empty();
    }

    /** Runs a command in it; returns its status. */
    int run(List<String> words, ParseResult options) throws Exception {
        boolean terminal = world.givesTerminal(options);
        boolean noColor = options.hasMatchedOption("--no-color");
        var client = new AttachedClient(world, messages, world.palette(noColor));
        String isolation = Objects.requireNonNull(run.setting()).isolation();
        var runs = new Runs(world.home(), app);
        Release release =
                RunFacts.release(run, runs, app, world)
                        .orElseThrow(() ->
                                new UserError(
                                        "the release of " + run.name() + " is no longer kept"));
        try (var oneOff = new OneOff(world, client, messages, terminal, isolation)) {
            return oneOff.run(
                    new DynoSpec(
                            app,
                            run.name().type(),
                            CommandLine.of(words),
                            DynoSize.parse(run.size()),
                            run.limited(),
                            World.user()),
                    new OriginKept(run, release),
                    run.own());
        }
    }
}
