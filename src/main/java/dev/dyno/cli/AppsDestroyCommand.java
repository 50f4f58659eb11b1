package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.formation.FormationClient;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno apps:destroy}: all that dyno keeps of an app, never the app's directory. */
final class AppsDestroyCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "apps:destroy",
                        "permanently forget an app",
                        "  $ dyno apps:destroy --app shop --confirm shop");
        spec.usageMessage()
                .footerHeading(
                        "%nIts releases, config vars that were set, slugs and logs are removed. The"
                                + " app's directory is not touched.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "NAME",
                                "the app's name, instead of asking for it",
                                "-c",
                                "--confirm"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("APP", "the app, as -a names it"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        String given = words.isEmpty() ? options.matchedOptionValue("--app", "") : words.getFirst();
        App app = gone(given, world).orElseGet(() -> world.apps().find(given));
        world.sweep(messages);
        Palette palette = messages.palette();
        String name = palette.appName(app.name());
        if (!world.apps().isKnown(app)) {
            messages.error("Nothing is kept of " + name + ".");
            messages.line("It was never used; what was, is listed by: " + CalledAs.NAME + " apps");
            return 1;
        }
        if (runs(app, world)) {
            throw new UserError(
                    "dynos of " + app.name() + " run",
                    "See them with: " + CalledAs.NAME + " ps -a " + app.name());
        }
        if (!options.hasMatchedOption("--confirm")) {
            messages.warning(
                    "This will delete all that is kept of " + name + ", but not its directory.");
            messages.line(
                    "To proceed, type "
                            + app.name()
                            + " or re-run this command with --confirm "
                            + app.name());
        }
        String typed =
                options.hasMatchedOption("--confirm")
                        ? options.matchedOptionValue("--confirm", "")
                        : Answers.line(world, "> ");
        if (!typed.equals(app.name())) {
            messages.error(
                    "Confirmation "
                            + Printable.escape(typed)
                            + " did not match "
                            + name
                            + ". Aborted.");
            return 1;
        }
        var status = new StatusLine(world.err(), "Destroying " + name, false);
        try {
            world.releases(app).destroy();
        } catch (UserError e) {
            status.fail(messages.palette());
            throw e;
        }
        status.end("done");
        return 0;
    }

    /** An app whose directory is there no more has nothing but its name. */
    private static Optional<App> gone(String name, World world) {
        return world.apps().all().stream()
                .filter(app -> app.name().equals(name) && !Files.exists(app.directory()))
                .findFirst();
    }

    private static boolean runs(App app, World world) {
        return new FormationClient(world.home(), app, world.clock()).isRunning()
                || !world.dynos(app).alive().isEmpty();
    }
}
