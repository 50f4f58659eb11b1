package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.change.Apply;
import dev.dyno.change.Changes;
import dev.dyno.change.Conflict;
import dev.dyno.dyno.DynoName;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno runs:apply DYNO [PATH…]}: a one-off's changes, made in the app's directory too. */
final class RunsApplyCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "runs:apply",
                        "copy what a one-off dyno has changed into the app's directory",
                        "  $ dyno runs:apply run.7364 db/migrate db/schema.rb",
                        "  $ dyno runs:apply run.7364 --yes");
        spec.usageMessage()
                .customSynopsis("dyno runs:apply [FLAGS] DYNO [PATH…]")
                .footerHeading(
                        "%nIt is shown and asked for first. Where a file of the app is not what the"
                                + " one-off found, nothing at all is changed.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("do not ask", "-y", "--yes"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "DYNO [PATH…]", "its name; only these files and directories"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            return messages.misused(
                    "Please name a one-off dyno: " + CalledAs.NAME + " runs:apply run.7364");
        }
        ChangeWords meant = ChangeWords.of(words);
        DynoName name = meant.dyno();
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        if (world.dynos(app).find(name).isPresent()) {
            throw new UserError(
                    name + " runs, and may change more",
                    "Wait for its end, or stop it: " + CalledAs.NAME + " ps:stop " + name);
        }
        Changes changes = meant.changes(world, app, messages);
        if (changes.all().isEmpty()) {
            boolean all = meant.paths().isEmpty();
            messages.line(name + " has changed nothing" + (all ? "." : " of what you name."));
            return all ? 0 : 1;
        }
        var plan = new Apply(changes, app.directory());
        if (!plan.conflicts().isEmpty()) {
            return refuse(plan, name, messages);
        }
        if (plan.writings() + plan.deletions() == 0) {
            messages.line("The app has all of it already: there is nothing to do.");
            return 0;
        }
        new ChangeList(changes, world.palette(noColor)).print(world.out());
        world.out().flush();
        if (!options.hasMatchedOption("--yes")
                && !Answers.yes(
                        world,
                        "Make these changes in " + Printable.escape("" + app.directory()) + "?")) {
            messages.line("Nothing was changed.");
            return 1;
        }
        var status = new StatusLine(world.err(), "Applying " + name, false);
        status.begin();
        try {
            plan.run();
        } catch (UserError e) {
            status.fail();
            throw e;
        }
        status.end("done, " + plan.writings() + " written, " + plan.deletions() + " deleted");
        return 0;
    }

    private static int refuse(Apply plan, DynoName name, Messages messages) {
        messages.error("nothing was changed: the app is not as " + name + " found it");
        for (Conflict conflict : plan.conflicts()) {
            messages.line(conflict.path().shown() + " " + conflict.why());
        }
        messages.line(
                "Choose other paths, or see the lines with: "
                        + CalledAs.NAME
                        + " diff "
                        + name
                        + " --patch");
        return 1;
    }
}
