package dev.dyno.cli;

import dev.dyno.app.App;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code dyno config:get KEY…}: a line for each value, empty for what is not set (heroku.md 6.1).
 */
final class ConfigGetCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "config:get",
                        "display a single config value for an app",
                        "  $ dyno config:get RAILS_ENV",
                        "  $ dyno config:get -s DATABASE_URL REDIS_URL");
        return ConfigFlags.showing(spec)
                .addPositional(Command.words("KEY", "key name of the config var value"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> names = Command.words(options);
        if (names.isEmpty()) {
            return messages.misused(
                    "Missing 1 required arg:", "KEY  key name of the config var value");
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        Map<String, String> values = ConfigFlags.read(world, messages, app).vars().values();
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(json(names, values)));
            return 0;
        }
        var block = new KeyValues(world, world.palette(noColor));
        for (String name : names) {
            String value = values.getOrDefault(name, "");
            world.out()
                    .println(
                            block.text(
                                    options.hasMatchedOption("--shell")
                                            ? ConfigFlags.assignment(name, value)
                                            : value));
        }
        return 0;
    }

    private static Object json(List<String> names, Map<String, String> values) {
        var list = new ArrayList<Map<String, @Nullable String>>();
        for (String name : names) {
            var one = new LinkedHashMap<String, @Nullable String>();
            one.put("key", name);
            one.put("value", values.get(name));
            list.add(one);
        }
        return list.size() == 1 ? list.getFirst() : list;
    }
}
