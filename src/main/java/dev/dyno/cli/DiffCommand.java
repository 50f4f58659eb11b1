package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.change.Changes;
import dev.dyno.change.Name;
import dev.dyno.change.Patch;
import dev.dyno.change.Statistics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno diff DYNO [PATH…]}: what a dyno has changed of its files, as git would tell. */
final class DiffCommand implements Command {
    private static final int COLUMNS = 80;
    private static final int BUFFER = 1 << 16;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "diff",
                        "show what a dyno has changed of its files",
                        "  $ dyno diff run.7364",
                        "  $ dyno diff run.7364 --stat",
                        "  $ dyno diff run.7364 --patch db | git apply");
        spec.usageMessage()
                .customSynopsis("dyno diff [FLAGS] DYNO [PATH…]")
                .footerHeading(
                        "%nOf a one-off, also when it has ended, or of any dyno that runs. What is"
                                + " shown is what git would show.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("how many lines were added and deleted", "--stat"))
                .addOption(Command.flag("the lines themselves, as a patch", "-p", "--patch"))
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "DYNO [PATH…]", "its name; files and directories of the app"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            return messages.misused("Please name a dyno: " + CalledAs.NAME + " diff run.7364");
        }
        ChangeWords meant = ChangeWords.of(words);
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Changes changes = meant.changes(world, app, messages);
        var list = new ChangeList(changes, world.palette(noColor));
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(list.fields()));
            return 0;
        }
        if (options.hasMatchedOption("--stat")) {
            world.out().print(Statistics.of(changes, columns(world)));
        }
        if (options.hasMatchedOption("--patch")) {
            patch(list, world);
        } else if (!options.hasMatchedOption("--stat")) {
            list.print(world.out());
        }
        return 0;
    }

    private static void patch(ChangeList list, World world) throws IOException {
        if (world.outIsTerminal()) {
            list.printPatch(world.out());
        } else {
            var out = new BufferedOutputStream(world.out(), BUFFER);
            Patch.write(list.changes(), out);
            out.flush();
        }
    }

    static void warn(Changes changes, Messages messages) {
        for (Name directory : changes.unread()) {
            messages.warning(directory.shown() + " may not be looked into");
        }
    }

    private static int columns(World world) {
        try {
            int columns = Integer.parseInt(world.environment().getOrDefault("COLUMNS", ""));
            return columns > 0 ? columns : COLUMNS;
        } catch (NumberFormatException e) {
            return COLUMNS;
        }
    }
}
