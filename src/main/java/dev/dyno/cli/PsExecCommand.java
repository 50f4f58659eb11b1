package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Palette;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:exec [-d DYNO] [-- CMD…]}: a shell in a dyno that runs (heroku.md 2.7). */
final class PsExecCommand implements ProgramCommand {
    static final String USUAL_DYNO = "web.1";

    private static final int NOT_FOUND = 2;
    private static final String SHELL = "bash";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:exec",
                        "open a shell, or run a command, in a dyno that runs",
                        "  $ dyno ps:exec",
                        "  $ dyno ps:exec -d worker.1 -- ps ax",
                        "  $ dyno ps:exec --status");
        spec.usageMessage().customSynopsis("dyno ps:exec [FLAGS] [COMMAND…]");
        return Command.withApp(spec)
                .addOption(dynoOption())
                .addOption(Command.flag("list the dynos that can be entered", "--status"))
                .addOption(Command.flag("accepted: there is no ssh in between", "--ssh"))
                .addOption(Command.flag("run it without a terminal", "--no-tty"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addOption(Command.remote())
                .addPositional(Command.words("COMMAND", "a shell line (default: bash)"));
    }

    static picocli.CommandLine.Model.OptionSpec dynoOption() {
        return Command.value("DYNO", "the dyno (default: " + USUAL_DYNO + ")", "-d", "--dyno");
    }

    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        return RunArguments.arrange(spec, words, Set.of("-a", "--app", "-r", "--remote"));
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        if (options.hasMatchedOption("--status")) {
            status(app, world, world.palette(options.hasMatchedOption("--no-color")));
            return 0;
        }
        List<String> words = Command.words(options);
        String line =
                words.isEmpty() || words.contains(SHELL) ? SHELL : CommandLine.of(words).typed();
        DynoName name = DynoName.parse(options.matchedOptionValue("--dyno", USUAL_DYNO));
        Optional<Visit> visit = connect(name, app, messages, world);
        if (visit.isEmpty()) {
            return NOT_FOUND;
        }
        try (Visit there = visit.get();
                @Nullable Terminal terminal = world.terminal(options)) {
            return there.run(line, terminal);
        }
    }

    /** Tells of it in Heroku's words; where there is no such dyno too. */
    static Optional<Visit> connect(DynoName name, App app, Messages messages, World world) {
        var credentials = new StatusLine(world.err(), "Establishing credentials", false);
        Optional<Visit> visit;
        try {
            visit = Visit.to(name, app, world);
        } catch (UserError e) {
            credentials.end("error");
            throw e;
        }
        if (visit.isEmpty()) {
            credentials.end("error");
            messages.error("Could not connect to dyno!");
            messages.line("Check if the dyno is running with `" + CalledAs.NAME + " ps'");
            return visit;
        }
        credentials.end("done");
        Palette palette = messages.palette();
        new StatusLine(
                        world.err(),
                        "Connecting to "
                                + palette.name(name.toString())
                                + " on "
                                + palette.appName(app.name()),
                        false)
                .end("up");
        return visit;
    }

    private static void status(App app, World world, Palette palette) {
        List<DynoRecord> dynos = world.dynos(app).alive();
        if (dynos.isEmpty()) {
            world.out()
                    .print(
                            "Heroku Exec is not running. Check dyno status with "
                                    + CalledAs.NAME
                                    + " ps.\n");
            return;
        }
        String header = "Heroku Exec " + palette.appName(app.name());
        world.out().print(palette.label("=== ") + palette.label(header) + "\n\n");
        var table = new Table("Dyno", "Dyno Status", "Proxy Status");
        for (DynoRecord dyno : dynos) {
            boolean open = dyno.state().equals("up") || dyno.state().equals("starting");
            table.row(
                    new Table.Cell(dyno.name().toString(), palette::name),
                    Table.Cell.plain(dyno.state()),
                    Table.Cell.plain(open ? "running" : ""));
        }
        table.print(world.out());
    }
}
