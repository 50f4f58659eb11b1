package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.formation.Request;
import dev.dyno.formation.Selection;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:stop -d DYNO | -p TYPE}, also {@code ps:kill} (heroku.md 2.3). */
final class PsStopCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:stop",
                        "stop an app dyno or process type",
                        "  $ dyno ps:stop --dyno-name run.1828",
                        "  $ dyno ps:stop --process-type run");
        spec.usageMessage()
                .footerHeading(
                        "%nEvery process of the dyno gets SIGTERM, then 30 seconds to end (or DYNO_GRACE"
                                + " of its run or local), then SIGKILL. A dyno of the formation is"
                                + " started again.%n%nEXAMPLES%n");
        return DynoFlags.add(spec, "stop");
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        Optional<Selection> selection = DynoFlags.read(options, messages);
        if (selection.isEmpty()) {
            return USAGE;
        }
        if (selection.get() instanceof Selection.All) {
            messages.error("Please specify a process type or dyno name to stop.");
            messages.line("See more help with --help");
            messages.line("");
            return USAGE;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        return new DynoOrders(world, messages, app)
                .give("Stopping", selection.get(), new Request.Stop(selection.get()));
    }
}
