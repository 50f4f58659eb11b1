package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.text.Ages;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno runs}: the one-offs that have ended, the last one first. */
final class RunsCommand implements Command {
    private static final String SHOWN = "15";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "runs",
                        "list the one-off dynos that have ended",
                        "  $ dyno runs",
                        "  $ dyno runs --status failed -n 5",
                        "  $ dyno runs --command migrate --json");
        return Command.withApp(spec)
                .addOption(
                        Command.value("NUM", "number of them to show (default: 15)", "-n", "--num"))
                .addOption(
                        Command.value(
                                "STATUS",
                                "only those that ended so: a status such as 1, ok or failed",
                                "--status"))
                .addOption(
                        Command.value(
                                "TEXT", "only those with this text in their command", "--command"))
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        int count = Count.of(options.matchedOptionValue("--num", SHOWN), "one-offs", "runs -n 5");
        Predicate<Run> wanted =
                status(options.matchedOptionValue("--status", ""))
                        .and(command(options.matchedOptionValue("--command", "")));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        List<Run> shown =
                new Runs(world.home(), app)
                        .all().stream()
                                .limit(world.keepRuns())
                                .filter(wanted)
                                .limit(count)
                                .toList();
        Palette palette = world.palette(noColor);
        if (options.hasMatchedOption("--json")) {
            world.out()
                    .println(
                            Json.of(
                                    shown.stream()
                                            .map(run -> RunFacts.of(run, app, world).json(false))
                                            .toList()));
        } else if (shown.isEmpty()) {
            world.out().println("No one-off dynos of " + palette.appName(app.name()) + " to show.");
        } else {
            new KeyValues(world, palette).header(palette.appName(app.name()) + " One-off Dynos");
            print(shown, world, palette);
        }
        return 0;
    }

    private static Predicate<Run> status(String given) {
        if (given.isEmpty()) {
            return _ -> true;
        }
        if (given.equals("ok") || given.equals("failed")) {
            boolean ok = given.equals("ok");
            return run -> (run.ended().status() == 0) == ok;
        }
        try {
            int status = Integer.parseInt(given);
            return run -> run.ended().status() == status;
        } catch (NumberFormatException e) {
            throw new UserError(
                    "'" + Printable.escape(given) + "' is no status",
                    "It is a number, ok or failed: " + CalledAs.NAME + " runs --status failed");
        }
    }

    private static Predicate<Run> command(String text) {
        return run -> run.command().typed().contains(text) || run.command().run().contains(text);
    }

    private static void print(List<Run> runs, World world, Palette palette) {
        var table = new Table("name", "status", "command", "v", "took", "ended_at");
        for (Run run : runs) {
            int status = run.ended().status();
            table.row(
                    new Table.Cell(run.name().toString(), palette::name),
                    new Table.Cell(
                            Integer.toString(status),
                            text -> status == 0 ? palette.success(text) : palette.failure(text)),
                    Table.Cell.plain(shortened(run.command().typed())),
                    Table.Cell.plain(
                            run.source().release() == 0 ? "" : "v" + run.source().release()),
                    Table.Cell.plain(RunFacts.duration(run)),
                    Table.Cell.plain(
                            Ages.since(
                                    run.ended().at(),
                                    world.clock().instant(),
                                    ZoneId.systemDefault())));
        }
        table.print(world.out());
    }

    /** A table's row is one line, and not a long one. */
    private static String shortened(String command) {
        return command.length() <= 40 ? command : command.substring(0, 39) + "…";
    }
}
