package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno runs:info DYNO}: a one-off that runs, or one of the last that have ended. */
final class RunsInfoCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "runs:info",
                        "show a one-off dyno, also when it has ended",
                        "  $ dyno runs:info run.7364",
                        "  $ dyno runs:info run.7364 --json");
        return Command.withApp(spec)
                .addOption(Command.flag("show the values of its config vars", "--reveal"))
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("RUN", "its name, run.7364"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            return messages.misused(
                    "Please name a one-off dyno: " + CalledAs.NAME + " runs:info run.7364");
        }
        DynoName name = DynoName.parse(words.getFirst());
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Optional<DynoRecord> alive = world.dynos(app).find(name).filter(dyno -> !dyno.formation());
        var runs = new Runs(world.home(), app);
        Optional<Run> ended = runs.find(name);
        if (alive.isEmpty() && ended.isEmpty()) {
            messages.unknownRun();
            return USAGE;
        }
        RunFacts facts =
                alive.map(RunFacts::of)
                        .orElseGet(() -> RunFacts.of(ended.orElseThrow(), app, world))
                        .withChanges(app, world);
        boolean reveal = options.hasMatchedOption("--reveal");
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(facts.json(reveal)));
        } else {
            facts.print(world, world.palette(noColor), reveal);
        }
        return 0;
    }
}
