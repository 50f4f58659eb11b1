package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.release.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno config}: the config vars that a run now would have (heroku.md 6.1). */
final class ConfigCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "config",
                        "display the config vars for an app",
                        "  $ dyno config",
                        "  $ dyno config --origin",
                        "  $ dyno config --shell > .env");
        return ConfigFlags.showing(spec)
                .addOption(
                        Command.flag(
                                "show where each value comes from instead: .env or config:set",
                                "--origin"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        Config config = ConfigFlags.read(world, world.messages(noColor), app);
        boolean origin = options.hasMatchedOption("--origin");
        Map<String, String> values = origin ? origins(config) : config.vars().values();
        var block = new KeyValues(world, world.palette(noColor));
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(values));
        } else if (options.hasMatchedOption("--shell")) {
            values.forEach((name, value) ->
                    world.out().println(block.text(ConfigFlags.assignment(name, value))));
        } else {
            block.header(world.palette(noColor).appName(app.name()) + " Config Vars");
            block.config(values);
        }
        return 0;
    }

    private static Map<String, String> origins(Config config) {
        var origins = new LinkedHashMap<String, String>();
        for (String name : config.vars().values().keySet()) {
            boolean env = config.env().values().containsKey(name);
            boolean set = config.set().values().containsKey(name);
            origins.put(name, !set ? ".env" : env ? "config:set, over .env" : "config:set");
        }
        return origins;
    }
}
