package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno apps:info}: where an app is, and what runs of it. */
final class AppsInfoCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "apps:info",
                        "show detailed app information",
                        "  $ dyno apps:info",
                        "  $ dyno apps:info --shell");
        return Command.withApp(spec)
                .addOption(
                        Command.flag("output more shell friendly key/value pairs", "-s", "--shell"))
                .addOption(Command.flag("output in json format", "-j", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("APP", "the app, as -a names it"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        List<String> words = Command.words(options);
        App app =
                world.apps()
                        .find(
                                words.isEmpty()
                                        ? options.matchedOptionValue("--app", "")
                                        : words.getFirst());
        world.sweep(world.messages(noColor));
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(AppFacts.json(app, world)));
            return 0;
        }
        Map<String, String> facts = AppFacts.of(app, world);
        if (options.hasMatchedOption("--shell")) {
            facts.forEach((name, value) ->
                    world.out()
                            .println(ConfigFlags.assignment(name.toLowerCase(Locale.ROOT), value)));
            return 0;
        }
        Palette palette = world.palette(noColor);
        var shown = new LinkedHashMap<String, String>();
        facts.forEach((name, value) -> shown.put(name, Printable.escape(value)));
        var block = new KeyValues(world, palette);
        block.header(palette.appName(app.name()));
        block.facts(shown);
        return 0;
    }
}
