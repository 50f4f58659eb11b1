package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno apps}: the apps that were used, and their directories. */
final class AppsCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Command.named("apps", "list your apps", "  $ dyno apps", "  $ dyno apps --json")
                .addOption(Command.flag("output in json format", "-j", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Palette palette = world.palette(noColor);
        world.sweep(world.messages(noColor));
        List<App> apps = world.apps().all();
        if (options.hasMatchedOption("--json")) {
            world.out()
                    .println(Json.of(apps.stream().map(app -> AppFacts.json(app, world)).toList()));
            return 0;
        }
        if (apps.isEmpty()) {
            world.out().println("You have no apps.");
            return 0;
        }
        new KeyValues(world, palette).header(palette.info(World.user()) + " Apps");
        int width = apps.stream().mapToInt(app -> app.name().length()).max().orElse(0);
        for (App app : apps) {
            world.out()
                    .println(
                            palette.app(app.name())
                                    + " ".repeat(width - app.name().length() + 2)
                                    + Printable.escape(app.directory().toString())
                                    + (Files.isDirectory(app.directory()) ? "" : " (gone)"));
        }
        world.out().println();
        return 0;
    }
}
