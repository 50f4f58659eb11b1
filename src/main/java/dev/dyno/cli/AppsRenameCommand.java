package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.formation.Answer;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno apps:rename NEW}: another name for {@code -a}; the directory keeps its own. */
final class AppsRenameCommand implements Command {
    private static final int REFUSED = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "apps:rename",
                        "rename an app",
                        "  $ dyno apps:rename newname",
                        "  $ dyno apps:rename --app oldname newname");
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("NEWNAME", "new unique name of the app"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            return messages.misused(
                    "Missing 1 required arg:", "NEWNAME  new unique name of the app");
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        new FirstUse(world, app).prepare().forEach(messages::warning);
        Palette palette = messages.palette();
        String action =
                "Renaming "
                        + palette.appName(app.name())
                        + " to "
                        + palette.green(Printable.escape(words.getFirst()));
        var status = new StatusLine(world.err(), action, false);
        try {
            world.apps().rename(app, words.getFirst());
        } catch (UserError e) {
            status.fail(messages.palette());
            messages.error(e);
            messages.line("Error ID: " + Answer.INVALID);
            return REFUSED;
        }
        status.end("done");
        return 0;
    }
}
