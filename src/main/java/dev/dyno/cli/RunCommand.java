package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Procfile;
import dev.dyno.app.Reading;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.text.Printable;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno run CMD…}: a one-off dyno, attached (heroku.md 1). */
final class RunCommand implements ProgramCommand {
    /** bash's word for a command that is not there. */
    private static final int NOT_FOUND = 127;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "run",
                        "run a one-off process inside a dyno",
                        "  $ dyno run bash",
                        "  $ dyno run -a samples/node node migrate.js migrate",
                        "  $ dyno run -e 'A=1;B=2' -- ls -la",
                        "  $ dyno run --record bash");
        spec.usageMessage().customSynopsis("dyno run [FLAGS] COMMAND…");
        return OneOffFlags.add(spec)
                .addOption(Command.flag("run it without a terminal", "--no-tty"))
                .addOption(Command.flag("show in the end which files it has changed", "--diff"))
                .addOption(
                        Command.flag(
                                "record what the terminal shows, for dyno replay; $DYNO_RECORD=1 does"
                                        + " so for each run",
                                "--record"))
                .addOption(
                        Command.flag(
                                "record what is typed too, except where it is not echoed",
                                "--record-input"))
                .addOption(Command.flag("accepted: dyno does not notify", "--no-notify"))
                .addOption(
                        Command.flag(
                                "accepted: the command's exit status is always passed on",
                                "-x",
                                "--exit-code"));
    }

    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        return RunArguments.arrange(spec, words);
    }

    @Override
    public boolean isOwnFailure(int status) {
        return status == COULD_NOT_START || status == NOT_FOUND;
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            messages.plainError(
                    "Usage: "
                            + CalledAs.NAME
                            + " run COMMAND\n\nExample: "
                            + CalledAs.NAME
                            + " run bash");
            return 1;
        }
        boolean terminal = world.givesTerminal(options);
        boolean record =
                options.hasMatchedOption("--record")
                        || options.hasMatchedOption("--record-input")
                        || world.environment().containsKey("DYNO_RECORD");
        Recording recording = record ? Recording.of(options, world, messages, terminal) : null;
        var client = new AttachedClient(world, messages, world.palette(noColor), recording);
        return run(options, world, messages, client, terminal);
    }

    /** Runs the one-off that was asked for to its end; returns its status. */
    static int run(
            ParseResult options, World world, Messages messages, Client client, boolean terminal)
            throws Exception {
        List<String> words = Command.words(options);
        DynoSize size = OneOffFlags.size(options);
        ProcessType type = OneOffFlags.type(options);
        String isolation = options.matchedOptionValue("--isolation", "");
        try (var oneOff = new OneOff(world, client, messages, terminal, isolation)) {
            boolean keep = options.hasMatchedOption("--keep");
            oneOff.keepingIf(_ -> keep).telling(options.hasMatchedOption("--diff"));
            var app = world.apps().find(options.matchedOptionValue("--app", ""));
            ConfigVars env =
                    messages.understood(OneOffFlags.configFile(options, app.directory(), world));
            Reading<Procfile> found = Procfile.read(app.directory());
            // A Procfile that is broken is what one may have rolled back from.
            Procfile procfile =
                    messages.understood(
                            found.errors().isEmpty()
                                    ? found
                                    : Procfile.read(world.releases(app).files(() -> env)));
            CommandLine command = CommandLine.of(words, procfile);
            int status =
                    oneOff.run(
                            new DynoSpec(
                                    app,
                                    type,
                                    command,
                                    size,
                                    !options.hasMatchedOption("--no-limits"),
                                    World.user()),
                            new OriginToday(env),
                            OneOffFlags.own(options, messages));
            if (status == NOT_FOUND) {
                hint(words.getFirst(), procfile, messages);
            }
            return status;
        }
    }

    /** A command that is not found may be a process type misspelt. */
    private static void hint(String word, Procfile procfile, Messages messages) {
        if (!procfile.types().isEmpty() && Nearest.to(word, procfile.types()).isPresent()) {
            messages.line(
                    "no process type '"
                            + Printable.escape(word)
                            + "' - the Procfile has: "
                            + String.join(", ", procfile.types()));
        }
    }
}
