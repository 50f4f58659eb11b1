package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.formation.Request;
import dev.dyno.formation.Selection;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:restart [-d DYNO | -p TYPE]} (heroku.md 2.2). */
final class PsRestartCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:restart",
                        "restart an app dyno or process type",
                        "  $ dyno ps:restart --dyno-name web.1",
                        "  $ dyno ps:restart --process-type web",
                        "  $ dyno ps:restart");
        spec.usageMessage()
                .footerHeading(
                        "%nWith neither flag all dynos of the formation are restarted. What has changed"
                                + " of the app is deployed first. A one-off that is named, or whose type"
                                + " is, is stopped.%n%nEXAMPLES%n");
        return DynoFlags.add(spec, "restart");
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        Optional<Selection> selection = DynoFlags.read(options, messages);
        if (selection.isEmpty()) {
            return USAGE;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        return new DynoOrders(world, messages, app)
                .give("Restarting", selection.get(), new Request.Restart(selection.get()));
    }
}
