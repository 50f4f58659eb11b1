package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno local [TYPE[=N],…]}: the app's formation (heroku.md 6.4). */
final class LocalCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "local",
                        "run the processes of the Procfile, each in a dyno of its own",
                        "  $ dyno local",
                        "  $ dyno local web=2,worker",
                        "  $ dyno local -p 7000 --format=heroku");
        spec.usageMessage()
                .footerHeading(
                        "%nWithout TYPE, what ps:scale has said is run, else one dyno of each process"
                                + " type. What ends is started again. Ctrl-C ends all; a second one kills"
                                + " them.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.value("FILE", "another Procfile", "-f", "--procfile"))
                .addOption(
                        Command.value(
                                "FILE,…",
                                "config vars from these files (default: .env of the app)",
                                "-e",
                                "--env"))
                .addOption(
                        Command.value(
                                "PORT",
                                "the first dyno's port (default: $PORT of .env or the shell, 5006)",
                                "-p",
                                "--port"))
                .addOption(
                        Command.value(
                                "TYPE=N,…",
                                "how many dynos of each process type; all=N",
                                "-m",
                                "--formation"))
                .addOption(
                        Command.value(
                                "COMMAND",
                                "what web runs where there is no Procfile",
                                "--start-cmd"))
                .addOption(
                        Command.value(
                                "FORMAT",
                                "how lines are shown: local, heroku, json, raw (default: local)",
                                "--format"))
                .addOption(Command.flag("give programs pipes, not a terminal", "--no-tty"))
                .addOption(Command.flag("end all dynos when one ends", "--once"))
                .addOption(Command.flag("restart the dynos when the app has changed", "--watch"))
                .addOption(
                        Command.value(
                                "LEVEL",
                                "namespaces or plain (default: $DYNO_ISOLATION, the best to be had)",
                                "--isolation"))
                .addOption(Command.flag("let them use more than their sizes allow", "--no-limits"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addOption(hidden(0, "-r", "--restart"))
                .addOption(hidden(1, "-c", "--concurrency"))
                .addPositional(Command.words("TYPE[=N],", "process types, and how many of each"));
    }

    private static picocli.CommandLine.Model.OptionSpec hidden(int arity, String... names) {
        return picocli.CommandLine.Model.OptionSpec.builder(names)
                .arity(Integer.toString(arity))
                .type(arity == 0 ? boolean.class : String.class)
                .hidden(true)
                .build();
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        if (options.hasMatchedOption("--restart")) {
            messages.error("--restart is no longer available");
            messages.line("dyno restarts what ends by itself; see also --once");
            return 2;
        }
        if (options.hasMatchedOption("--concurrency")) {
            messages.error("--concurrency is no longer available");
            messages.line("Name the numbers: " + CalledAs.NAME + " local web=2,worker=1");
            return 2;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var local = new LocalOptions(options, world, app);
        if (local.isWithoutProcfile()) {
            List<String> words = local.withoutProcfile();
            messages.error(words.getFirst());
            words.subList(1, words.size()).forEach(messages::line);
            return 2;
        }
        try (var session = new LocalSession(local, world, messages)) {
            return session.run();
        }
    }
}
