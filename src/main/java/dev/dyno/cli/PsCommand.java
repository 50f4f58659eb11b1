package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.text.Ages;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps [TYPE…]}: the dynos alive now (heroku.md 2.1). */
final class PsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps", "list dynos for an app", "  $ dyno ps", "  $ dyno ps run --json");
        return Command.withApp(spec)
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("TYPE", "only dynos of these process types"));
    }

    @Override
    public int run(ParseResult options, World world) {
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(world.messages(options.hasMatchedOption("--no-color")));
        List<DynoRecord> dynos = world.dynos(app).alive();
        boolean noColor = options.hasMatchedOption("--no-color");
        Palette palette = world.palette(noColor);
        List<String> types = Command.words(options);
        for (String type : types) {
            if (dynos.stream().noneMatch(dyno -> dyno.name().type().name().equals(type))) {
                world.messages(noColor)
                        .plainError(
                                "No "
                                        + Printable.escape(type)
                                        + " dynos on "
                                        + palette.appName(app.name()));
                return 1;
            }
        }
        List<DynoRecord> wanted =
                types.isEmpty()
                        ? dynos
                        : dynos.stream()
                                .filter(dyno -> types.contains(dyno.name().type().name()))
                                .toList();
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(DynoJson.list(app, wanted)));
        } else if (wanted.isEmpty()) {
            world.out().println("No dynos on " + palette.appName(app.name()));
        } else {
            print(wanted, palette, world);
        }
        return 0;
    }

    /** One-offs first, then a block for each command. */
    private static void print(List<DynoRecord> dynos, Palette palette, World world) {
        var blocks = new LinkedHashMap<String, List<DynoRecord>>();
        for (DynoRecord dyno : dynos) {
            if (isOneOff(dyno)) {
                blocks.computeIfAbsent("", _ -> new ArrayList<>()).add(dyno);
            }
        }
        for (DynoRecord dyno : dynos) {
            if (!isOneOff(dyno)) {
                blocks.computeIfAbsent(dyno.command(), _ -> new ArrayList<>()).add(dyno);
            }
        }
        for (Map.Entry<String, List<DynoRecord>> block : blocks.entrySet()) {
            DynoRecord first = block.getValue().getFirst();
            String count = " (" + block.getValue().size() + ")";
            String header =
                    isOneOff(first)
                            ? palette.label("run") + ": one-off processes" + count
                            : palette.label(first.name().type().name())
                                    + " ("
                                    + palette.info(first.size())
                                    + "): "
                                    + Printable.escape(first.command())
                                    + count;
            world.out().println(palette.label("=== ") + palette.label(header));
            world.out().println();
            for (DynoRecord dyno : block.getValue()) {
                world.out().println(row(dyno, palette, world));
            }
            world.out().println();
        }
    }

    private static String row(DynoRecord dyno, Palette palette, World world) {
        String state =
                dyno.state().equals("up")
                        ? palette.success(dyno.state())
                        : palette.warning(dyno.state());
        String age =
                palette.inactive(
                        Ages.since(
                                dyno.updatedAt(), world.clock().instant(), ZoneId.systemDefault()));
        return isOneOff(dyno)
                ? dyno.name()
                        + " ("
                        + palette.info(dyno.size())
                        + "): "
                        + state
                        + " "
                        + age
                        + ": "
                        + Printable.escape(dyno.command())
                : dyno.name() + ": " + state + " " + age;
    }

    private static boolean isOneOff(DynoRecord dyno) {
        return dyno.name().type().name().equals("run");
    }
}
