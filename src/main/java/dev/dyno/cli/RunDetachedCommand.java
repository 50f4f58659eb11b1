package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.DynoName;
import dev.dyno.process.Detached;
import dev.dyno.process.Signals;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code dyno run:detached CMD…}: a one-off nobody is attached to (heroku.md 1.7). It is run by
 * another dyno command in the background; this one waits until it is up.
 */
final class RunDetachedCommand implements ProgramCommand {
    /** The command in the background; not for users. */
    static final String SUPERVISOR = "run:detached:supervisor";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "run:detached",
                        "run a detached dyno, where output is sent to your logs",
                        "  $ dyno run:detached rake db:migrate",
                        "  $ dyno run:detached --tail 'sleep 5; echo done'",
                        "  $ dyno ps:wait run.7364");
        spec.usageMessage()
                .customSynopsis("dyno run:detached [FLAGS] COMMAND…")
                .footerHeading(
                        "%nIt goes on when the window is closed. ps:wait waits for its status,"
                                + " ps:stop ends it.%n%nEXAMPLES%n");
        return OneOffFlags.add(spec)
                .addOption(
                        Command.flag(
                                "show its log until it ends, and end with its status",
                                "-t",
                                "--tail"));
    }

    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        return RunArguments.arrange(spec, words);
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
                            + " run:detached COMMAND\n\nExample: "
                            + CalledAs.NAME
                            + " run:detached ls");
            return 1;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        Detached supervisor = start(options.originalArgs());
        Optional<String> name = supervisor.report();
        if (name.isEmpty()) {
            return supervisor.status(); // it has said why
        }
        Palette palette = messages.palette();
        new StatusLine(
                        world.err(),
                        "Running "
                                + palette.code(Printable.escape(CommandLine.of(words).typed()))
                                + " on "
                                + palette.appName(app.name()),
                        false)
                .end("done, " + name.get());
        if (options.hasMatchedOption("--tail")) {
            return new DetachedLog(world, app, world.palette(noColor))
                    .follow(DynoName.parse(name.get()));
        }
        Palette out = world.palette(noColor);
        String logs = CalledAs.NAME + " logs --app " + app.name() + " --dyno " + name.get();
        world.out().print("Run " + out.code(logs) + " to view the output.\n\n");
        return 0;
    }

    private static Detached start(List<String> words) {
        var command = new ArrayList<String>();
        command.add(System.getProperty("dyno.launcher", "dyno"));
        command.add(SUPERVISOR);
        command.addAll(words);
        try {
            Detached supervisor = Detached.start(command);
            for (String signal : List.of("INT", "TERM", "HUP")) {
                Signals.on(
                        signal,
                        number -> {
                            supervisor.stop();
                            Runtime.getRuntime().halt(128 + number);
                        });
            }
            return supervisor;
        } catch (IOException e) {
            throw new UserError("cannot start dyno in the background: " + e.getMessage());
        }
    }

    /** The command in the background: the same words, and nobody attached. */
    static final class Supervisor implements ProgramCommand {
        private final RunDetachedCommand front = new RunDetachedCommand();

        @Override
        public CommandSpec spec() {
            return front.spec();
        }

        @Override
        public int run(ParseResult options, World world) throws Exception {
            Messages messages = world.messages(options.hasMatchedOption("--no-color"));
            return RunCommand.run(
                    options, world, messages, new DetachedClient(world, messages, true), false);
        }
    }
}
