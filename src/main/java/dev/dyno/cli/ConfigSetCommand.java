package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.release.ConfigChange;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno config:set KEY=VALUE…}: set beside .env, and a release at once (heroku.md 6.1). */
final class ConfigSetCommand implements Command {
    private static final char UNDECODABLE = '\ufffd';

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "config:set",
                        "set one or more config vars",
                        "  $ dyno config:set RAILS_ENV=staging",
                        "  $ dyno config:set RAILS_ENV=staging RACK_ENV=staging");
        spec.usageMessage()
                .footerHeading(
                        "%nThey are kept with the app's state. What .env says of the same name does"
                                + " not count any more.%n%nEXAMPLES%n");
        return ConfigFlags.changing(spec)
                .addPositional(Command.words("KEY=VALUE", "what to set; a value may be empty"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            messages.error("Usage: " + CalledAs.NAME + " config:set KEY1=VALUE1 [KEY2=VALUE2 ...]");
            messages.line("Must specify KEY and VALUE to set.");
            return 1;
        }
        var vars = new LinkedHashMap<String, String>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                messages.error(
                        Printable.escape(word) + " is invalid. Must be in the format FOO=bar.");
                return 1;
            }
            if (word.indexOf(UNDECODABLE) >= 0) {
                messages.error(
                        Printable.escape(word.substring(0, equals)) + " is not valid UTF-8.");
                messages.line("Convert it first, for instance with iconv.");
                return 1;
            }
            vars.put(word.substring(0, equals), word.substring(equals + 1));
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        String action =
                "Setting "
                        + ConfigFlags.names(vars.keySet(), messages.palette())
                        + " and restarting "
                        + messages.palette().appName(app.name());
        boolean done =
                new NewRelease(world, messages, app)
                        .make(
                                action,
                                releases ->
                                        releases.change(ConfigChange.setting(vars), World.user()))
                        .isPresent();
        if (done) {
            print(vars, new KeyValues(world, world.palette(noColor)));
        }
        return done ? 0 : NewRelease.REFUSED;
    }

    /** Without those that are empty, as Heroku does. */
    private static void print(Map<String, String> vars, KeyValues block) {
        var shown = new LinkedHashMap<>(vars);
        shown.values().removeIf(String::isEmpty);
        block.config(shown);
    }
}
