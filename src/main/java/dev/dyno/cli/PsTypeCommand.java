package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoSize;
import dev.dyno.formation.Formation;
import dev.dyno.formation.Request;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:type [SIZE | TYPE=SIZE…]}: the sizes of dynos shown, or set (heroku.md 2.5). */
final class PsTypeCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:type",
                        "manage dyno sizes",
                        "  $ dyno ps:type",
                        "  $ dyno ps:type standard-2x",
                        "  $ dyno ps:type web=standard-2x worker=basic");
        spec.usageMessage()
                .footerHeading(
                        "%nThe costs are what Heroku would take. Here they are nothing.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "SIZE",
                                "a size for all process types, or TYPE=SIZE for each; without any"
                                        + " the sizes are shown"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var scaling = new Scaling(world, messages, app);
        Optional<Formation> formation = scaling.formation();
        if (formation.isEmpty()) {
            return 1;
        }
        List<String> words = Command.words(options);
        if (!words.isEmpty()) {
            Map<String, String> wanted = wanted(words, formation.get());
            for (String type : wanted.keySet()) {
                if (!formation.get().entries().containsKey(type)) {
                    messages.plainError(unknown(type, formation.get(), messages.palette()));
                    return 1;
                }
            }
            formation =
                    scaling.change(
                            "Scaling dynos on " + messages.palette().appName(app.name()),
                            () -> new Request.Resize(sizes(wanted)),
                            _ -> "done");
            if (formation.isEmpty()) {
                return Scaling.REFUSED;
            }
        }
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(FormationJson.list(app, formation.get())));
        } else {
            new SizeTables(formation.get(), world.palette(noColor)).print(world.out());
        }
        return 0;
    }

    /** Which process types are to get which size, by the words as typed. */
    private static Map<String, String> wanted(List<String> words, Formation formation) {
        var wanted = new LinkedHashMap<String, String>();
        if (words.stream().noneMatch(word -> word.indexOf('=') >= 0)) {
            formation.entries().keySet().forEach(type -> wanted.put(type, words.getFirst()));
            return wanted;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            wanted.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        return wanted;
    }

    private static Map<String, DynoSize> sizes(Map<String, String> wanted) {
        var sizes = new LinkedHashMap<String, DynoSize>();
        wanted.forEach((type, size) -> sizes.put(type, DynoSize.parse(size)));
        return sizes;
    }

    private static String unknown(String type, Formation formation, Palette palette) {
        return "Type "
                + palette.failure(Printable.escape(type))
                + " not found in process formation.\nTypes: "
                + palette.info(String.join(", ", formation.entries().keySet()));
    }
}
