package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import dev.dyno.terminal.WindowSize;
import dev.dyno.text.Ages;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno releases}: the releases that are kept, the newest first (heroku.md 6.2). */
final class ReleasesCommand implements Command {
    private static final String SHOWN = "15";
    private static final int NARROWEST = 80;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "releases",
                        "display the releases for an app",
                        "  $ dyno releases",
                        "  $ dyno releases -n 5 --json");
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "NUM", "number of releases to show (default: 15)", "-n", "--num"))
                .addOption(Command.flag("output releases in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        Palette palette = world.palette(noColor);
        int count =
                Count.of(options.matchedOptionValue("--num", SHOWN), "releases", "releases -n 5");
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Releases releases = world.releases(app);
        List<Release> all = releases.all();
        releases.warnings().forEach(messages::warning);
        Optional<Release> current =
                all.stream().filter(releases::isEligibleForRollback).findFirst();
        List<Release> shown = all.subList(0, Math.min(count, all.size()));
        if (options.hasMatchedOption("--json")) {
            world.out()
                    .println(
                            Json.of(
                                    shown.stream()
                                            .map(each ->
                                                    ReleaseJson.of(
                                                            each,
                                                            releases,
                                                            current.equals(Optional.of(each))))
                                            .toList()));
        } else if (all.isEmpty()) {
            world.out().println(palette.appName(app.name()) + " has no releases.");
        } else {
            String header =
                    palette.appName(app.name())
                            + " Releases"
                            + current.map(it -> " - " + palette.blue("Current: " + it.name()))
                                    .orElse("");
            new KeyValues(world, palette).header(header);
            print(shown, releases, world, palette);
        }
        return 0;
    }

    private static void print(
            List<Release> shown, Releases releases, World world, Palette palette) {
        var table = new Table("v", "description", "user", "created_at");
        for (Release release : shown) {
            Optional<Status> status = releases.status(release.version());
            String words = ReleaseWords.words(status);
            String since =
                    Ages.since(
                            release.createdAt(), world.clock().instant(), ZoneId.systemDefault());
            int others = release.name().length() + release.user().length() + since.length() + 11;
            String description =
                    fitted(Printable.escape(release.description()), words, others, world);
            String whole = words.isEmpty() ? description : description + " " + words;
            table.row(
                    new Table.Cell(
                            release.name(), text -> ReleaseWords.paint(status, text, palette)),
                    new Table.Cell(
                            whole,
                            text ->
                                    words.isEmpty()
                                            ? text
                                            : description
                                                    + " "
                                                    + ReleaseWords.paint(status, words, palette)),
                    Table.Cell.plain(release.user()),
                    Table.Cell.plain(since));
        }
        table.print(world.out());
    }

    /** On a terminal the row is to fit into its width. */
    private static String fitted(String description, String status, int others, World world) {
        WindowSize window = world.outIsTerminal() ? WindowSize.ofOutput() : null;
        if (window == null) {
            return description;
        }
        int room =
                Math.max(window.columns(), NARROWEST)
                        - others
                        - (status.isEmpty() ? 0 : status.length() + 1);
        return description.length() <= room || room < 2
                ? description
                : description.substring(0, room - 1) + "…";
    }
}
