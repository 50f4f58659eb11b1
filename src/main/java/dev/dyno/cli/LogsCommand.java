package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import dev.dyno.log.LogFilter;
import dev.dyno.log.LogJson;
import dev.dyno.log.LogLine;
import dev.dyno.log.LogPrinter;
import dev.dyno.log.Logs;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno logs}: what the app's dynos went through, merged by time (heroku.md 3.2). */
final class LogsCommand implements Command {
    private static final int LINES = 100;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "logs",
                        "display recent log output",
                        "  $ dyno logs -n 20",
                        "  $ dyno logs --tail",
                        "  $ dyno logs -d run.7364");
        return Command.withApp(spec)
                .addOption(Command.value("N", "number of lines (default: 100)", "-n", "--num"))
                .addOption(Command.flag("continually stream logs", "-t", "--tail"))
                .addOption(
                        Command.value(
                                "DYNO", "only this dyno's lines", "-d", "--dyno-name", "--dyno"))
                .addOption(
                        Command.value(
                                "TYPE",
                                "only lines of this process type",
                                "-p",
                                "--process-type",
                                "--ps"))
                .addOption(
                        Command.value("SOURCE", "only lines from app or heroku", "-s", "--source"))
                .addOption(Command.flag("output in json format, an object on each line", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        boolean noColor = options.hasMatchedOption("--no-color");
        if (options.hasMatchedOption("-d") && options.hasMatchedOption("-p")) {
            return world.messages(noColor).excluded(options.matchedOptionValue("-d", ""), "--ps");
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(world.messages(noColor));
        Path directory = world.dynos(app).logs();
        LogFilter filter = filter(options);
        Palette palette =
                "0".equals(world.environment().get("HEROKU_LOGS_COLOR"))
                        ? Palette.PLAIN
                        : world.palette(noColor);
        Function<LogLine, String> printer =
                options.hasMatchedOption("--json")
                        ? LogJson::of
                        : new LogPrinter(palette, world.outIsTerminal())::print;
        int count = count(options.matchedOptionValue("-n", ""));
        var logs = new Logs(directory);
        for (Path none : logs.notLogs()) {
            world.messages(noColor)
                    .warning(Printable.escape(none.toString()) + " is not dyno's and is ignored");
        }
        if (options.hasMatchedOption("-t")) {
            Files.createDirectories(world.home().directory(directory));
            logs.follow(count, filter, lines -> print(lines, printer, world));
        } else {
            print(logs.last(count, filter), printer, world);
        }
        return 0;
    }

    /** Returns whether the reader still reads; one that has seen enough is no error. */
    private static boolean print(
            List<LogLine> lines, Function<LogLine, String> printer, World world) {
        for (LogLine line : lines) {
            world.out().print(printer.apply(line) + "\n");
        }
        return !world.out().checkError();
    }

    private static LogFilter filter(ParseResult options) {
        Optional<String> dyno = option(options, "-d");
        // Not every name in a log is a dyno's: router and api are asked for in the same way.
        if (dyno.isPresent() && !ProcessType.isValid(dyno.get())) {
            DynoName.parse(dyno.get());
        }
        Optional<String> type = option(options, "-p");
        if (type.isPresent() && !ProcessType.isValid(type.get())) {
            DynoName.parse(type.get());
        }
        return new LogFilter(dyno, type, option(options, "-s"));
    }

    private static Optional<String> option(ParseResult options, String name) {
        return options.hasMatchedOption(name)
                ? Optional.of(options.matchedOptionValue(name, ""))
                : Optional.empty();
    }

    private static int count(String given) {
        if (given.isEmpty()) {
            return LINES;
        }
        try {
            int count = Integer.parseInt(given);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                "'" + Printable.escape(given) + "' is no number of lines",
                "Say " + CalledAs.NAME + " logs -n 20.");
    }
}
