package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.app.ShellQuote;
import dev.dyno.release.Config;
import dev.dyno.release.Releases;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.Collection;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands about config vars have in common. */
final class ConfigFlags {
    private ConfigFlags() {}

    /** Of those that list or show. */
    static CommandSpec showing(CommandSpec spec) {
        return changing(spec)
                .addOption(Command.flag("output config vars in shell format", "-s", "--shell"))
                .addOption(Command.flag("output config vars in json format", "-j", "--json"));
    }

    /** Of all. */
    static CommandSpec changing(CommandSpec spec) {
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    /** The config vars that a run now would have. */
    static Config read(World world, Messages messages, App app) {
        world.sweep(messages);
        Releases releases = world.releases(app);
        Config config = releases.config(World.env(app));
        releases.warnings().forEach(messages::warning);
        return config;
    }

    /** {@code A=1}, as {@code --shell} has it. */
    static String assignment(String name, String value) {
        return name + "=" + ShellQuote.quote(value);
    }

    /** {@code A, B}, for people. */
    static String names(Collection<String> names, Palette palette) {
        return names.stream()
                .map(name -> palette.name(Printable.escape(name)))
                .collect(Collectors.joining(", "));
    }
}
