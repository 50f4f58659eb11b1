package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Answer;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno run:inside DYNO CMD…}: a command in a dyno that runs already (heroku.md 1.8). */
final class RunInsideCommand implements ProgramCommand {
    private static final int NOT_FOUND = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "run:inside",
                        "run a command inside a dyno that runs already, or was kept",
                        "  $ dyno run:inside web.1 bash",
                        "  $ dyno run:inside run.7364 ps ax");
        spec.usageMessage()
                .customSynopsis("dyno run:inside [FLAGS] DYNO COMMAND…")
                .footerHeading(
                        "%nThe command sees what the dyno's own sees: its files, processes,"
                                + " variables and limits. It ends when the dyno ends.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(
                        Command.flag(
                                "accepted: the command's exit status is always passed on",
                                "-x",
                                "--exit-code"))
                .addOption(Command.flag("run it without a terminal", "--no-tty"))
                .addOption(Command.flag("accepted: there is no launcher", "--no-launcher"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addOption(Command.remote())
                .addPositional(
                        Command.words("DYNO COMMAND", "the dyno, web.1 or run.7364; a shell line"));
    }

    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        return RunArguments.arrange(spec, words);
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        if (words.size() < 2) {
            messages.plainError(
                    "Usage: "
                            + CalledAs.NAME
                            + " run:inside DYNO COMMAND\n\nExample: "
                            + CalledAs.NAME
                            + " run:inside web.1 bash");
            return 1;
        }
        DynoName name = DynoName.parse(words.getFirst());
        String line = CommandLine.of(words.subList(1, words.size())).typed();
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var kept = KeptSandbox.of(name, app, world, messages);
        if (kept.isPresent()) {
            return kept.get().run(words.subList(1, words.size()), options);
        }
        Palette palette = messages.palette();
        var status =
                new StatusLine(
                        world.err(),
                        "Running "
                                + palette.code(Printable.escape(line))
                                + " on "
                                + palette.appName(app.name()),
                        palette.level() != Palette.Level.NONE);
        status.begin();
        Optional<Visit> visit;
        try {
            visit = Visit.to(name, app, world);
        } catch (RuntimeException e) {
            status.fail();
            throw e;
        }
        if (visit.isEmpty()) {
            status.fail();
            messages.refused(Answer.unknownDyno());
            return NOT_FOUND;
        }
        try (Visit there = visit.get();
                @Nullable Terminal terminal = world.terminal(options)) {
            status.end("up, " + name);
            return there.run(line, terminal);
        }
    }
}
