package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.app.Dotenv;
import dev.dyno.release.ConfigChange;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno config:unset KEY…} (heroku.md 6.1). */
final class ConfigUnsetCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "config:unset",
                        "unset one or more config vars",
                        "  $ dyno config:unset RAILS_ENV",
                        "  $ dyno config:unset RAILS_ENV RACK_ENV");
        spec.usageMessage()
                .footerHeading(
                        "%nWhat stands in .env is not removed from there, and counts again.%n%n"
                                + "EXAMPLES%n");
        return ConfigFlags.changing(spec)
                .addPositional(Command.words("KEY", "what to unset, whether it is set or not"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> names = Command.words(options);
        if (names.isEmpty()) {
            messages.error("Usage: " + CalledAs.NAME + " config:unset KEY1 [KEY2 ...]");
            messages.line("Must specify KEY to unset.");
            return USAGE;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        String action =
                "Unsetting "
                        + ConfigFlags.names(names, messages.palette())
                        + " and restarting "
                        + messages.palette().appName(app.name());
        boolean done =
                new NewRelease(world, messages, app)
                        .make(
                                action,
                                releases ->
                                        releases.change(
                                                ConfigChange.unsetting(names), World.user()))
                        .isPresent();
        if (done) {
            warnOfThoseInEnv(names, app, messages);
        }
        return done ? 0 : NewRelease.REFUSED;
    }

    /** dyno never writes to the app's directory. */
    static void warnOfThoseInEnv(List<String> names, App app, Messages messages) {
        Set<String> inEnv =
                Dotenv.read(app.directory().resolve(".env"), false).value().values().keySet();
        for (String name : names) {
            if (inEnv.contains(name)) {
                messages.warning(
                        Printable.escape(
                                name
                                        + " is still set: it stands in "
                                        + app.directory().resolve(".env")
                                        + ". Remove it there."));
            }
        }
    }
}
