package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Runs;
import dev.dyno.text.Printable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno runs:rm DYNO…}: forgets one-offs that have ended, and all that is kept of them. */
final class RunsRmCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "runs:rm",
                        "forget one-off dynos that have ended",
                        "  $ dyno runs:rm run.7364",
                        "  $ dyno runs:rm run.7364 run.1234");
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("RUN", "their names, run.7364"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            return messages.misused(
                    "Please name a one-off dyno: " + CalledAs.NAME + " runs:rm run.7364");
        }
        var names = new ArrayList<DynoName>();
        words.forEach(word -> names.add(DynoName.parse(word)));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        var runs = new Runs(world.home(), app);
        for (DynoName name : names) {
            if (world.dynos(app).find(name).isPresent()) {
                throw new UserError(
                        name + " runs", "Stop it first: " + CalledAs.NAME + " ps:stop " + name);
            }
            if (runs.find(name).isEmpty()) {
                throw new UserError(
                        "there is no " + name + " that has ended",
                        "See those there are with: " + CalledAs.NAME + " runs");
            }
        }
        for (DynoName name : names) {
            var status =
                    new StatusLine(
                            world.err(),
                            "Removing " + messages.palette().name(name.toString()),
                            false);
            status.begin();
            runs.remove(name);
            if (runs.find(name).isPresent()) {
                status.fail();
                throw new UserError(
                        "cannot remove " + Printable.escape("" + runs.directory(name)),
                        "Is it on a disk that may be written to?");
            }
            status.end("done");
        }
        return 0;
    }
}
