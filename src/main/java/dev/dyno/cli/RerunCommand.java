package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno rerun DYNO}: a one-off that has ended, once more or until it fails. */
final class RerunCommand implements ProgramCommand {
    private static final int USAGE = 2;
    private static final int MOST_TIMES = 100_000;
    private static final List<String> ALONE = List.of("--on", "--times", "--until-fail", "--keep");

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "rerun",
                        "run a one-off dyno again, as it was",
                        "  $ dyno rerun run.7364",
                        "  $ dyno rerun run.7364 --on current",
                        "  $ dyno rerun run.7364 --times 20 --until-fail");
        spec.usageMessage()
                .footerHeading(
                        "%nIt has the files, the config vars, the size and the terminal's size it had,"
                                + " even if the app has changed since. With --until-fail the"
                                + " sandbox of the run that failed is kept.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "WHAT",
                                "recorded: as it was (default); current: on the app as it is now",
                                "--on"))
                .addOption(Command.value("N", "run it so often, one after another", "--times"))
                .addOption(Command.flag("stop at the first that fails", "--until-fail"))
                .addOption(
                        Command.flag(
                                "run it as it was and as it is now, and tell what differs",
                                "--compare"))
                .addOption(
                        Command.value(
                                "A=1;B=2",
                                "environment variables over those it had (use ';' to split several)",
                                "-e",
                                "--env"))
                .addOption(
                        Command.flag("keep its files, to be opened again by run:inside", "--keep"))
                .addOption(Command.flag("run it without a terminal", "--no-tty"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("RUN", "its name, run.7364"));
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            return messages.misused(
                    "Please name a one-off dyno: " + CalledAs.NAME + " rerun run.7364");
        }
        DynoName name = DynoName.parse(words.getFirst());
        boolean current = current(options.matchedOptionValue("--on", "recorded"));
        boolean untilFail = options.hasMatchedOption("--until-fail");
        int times = times(options.matchedOptionValue("--times", untilFail ? "20" : "1"));
        boolean comparing = options.hasMatchedOption("--compare");
        if (comparing && ALONE.stream().anyMatch(options::hasMatchedOption)) {
            throw new UserError(
                    "--compare runs it once as it was and once on the app as it is now",
                    "Leave out " + String.join(", ", ALONE) + ".");
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Optional<Run> run = new Runs(world.home(), app).find(name);
        if (run.isEmpty()) {
            messages.unknownRun();
            return USAGE;
        }
        var own = OneOffFlags.own(options, messages);
        var rerun = new Rerun(world, messages, app, run.get(), own, world.palette(noColor));
        if (comparing) {
            return new Comparison(rerun).run();
        }
        boolean terminal = world.givesTerminal(options);
        return rerun.repeat(
                current ? rerun.current() : rerun.recorded(),
                new Rerun.Way(terminal, times, untilFail, options.hasMatchedOption("--keep")));
    }

    private static boolean current(String on) {
        return switch (on) {
            case "recorded" -> false;
            case "current" -> true;
            default ->
                    throw new UserError(
                            "'" + Printable.escape(on) + "' is nothing to run it on",
                            "It is recorded or current: "
                                    + CalledAs.NAME
                                    + " rerun run.7364 --on current");
        };
    }

    private static int times(String given) {
        try {
            int times = Integer.parseInt(given);
            if (times > 0 && times <= MOST_TIMES) {
                return times;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                "'" + Printable.escape(given) + "' is no number of times",
                "It is 1 or more: " + CalledAs.NAME + " rerun run.7364 --times 20");
    }
}
