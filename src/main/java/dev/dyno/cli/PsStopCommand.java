package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
                                + " of the run), then SIGKILL.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.value("DYNO", "name of the dyno to stop", "-d", "--dyno-name"))
                .addOption(
                        Command.value(
                                "TYPE", "name of the process type to stop", "-p", "--process-type"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("DYNO", "deprecated: use --dyno-name"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        String dyno = options.matchedOptionValue("--dyno-name", "");
        String type = options.matchedOptionValue("--process-type", "");
        List<String> words = Command.words(options);
        if (!dyno.isEmpty() && !type.isEmpty()) {
            messages.error("The following error occurred:");
            messages.line(
                    "  --dyno-name="
                            + Printable.escape(dyno)
                            + " cannot also be provided when using --process-type");
            messages.line("See more help with --help");
            return USAGE;
        }
        if (!words.isEmpty() && dyno.isEmpty() && type.isEmpty()) {
            messages.line(
                    "Warning: DYNO is a deprecated argument. Use --dyno-name or --process-type"
                            + " instead.");
            String word = words.getFirst();
            dyno = word.indexOf('.') >= 0 ? word : "";
            type = word.indexOf('.') >= 0 ? "" : word;
        }
        if (dyno.isEmpty() && type.isEmpty()) {
            messages.error("Please specify a process type or dyno name to stop.");
            messages.line("See more help with --help");
            return USAGE;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        return stop(app, dyno, type, messages, world);
    }

    private static int stop(App app, String dyno, String type, Messages messages, World world) {
        world.sweep(messages);
        Palette palette = messages.palette();
        String what =
                dyno.isEmpty()
                        ? "all " + Printable.escape(type) + " dynos"
                        : "dyno " + palette.name(Printable.escape(dyno));
        var status =
                new StatusLine(
                        world.err(),
                        "Stopping " + what + " on " + palette.appName(app.name()),
                        false);
        var dynos = new Dynos(world.home(), app, world.clock(), ThreadLocalRandom.current());
        String name = dyno.isEmpty() ? "" : DynoName.parse(dyno).toString();
        boolean found = dyno.isEmpty();
        for (DynoRecord alive : dynos.alive()) {
            boolean wanted =
                    name.isEmpty()
                            ? alive.name().type().name().equals(type)
                            : alive.name().toString().equals(name);
            if (wanted) {
                found |= dynos.stop(alive);
            }
        }
        status.end(found ? "done" : "!");
        if (!found) {
            messages.error("Couldn't find that dyno.");
            messages.line("See the dynos that run with: dyno ps");
            messages.line("Error ID: not_found");
            return USAGE;
        }
        return 0;
    }
}
