package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno releases:info [vN]}: a release and its config vars (heroku.md 6.2). */
final class ReleasesInfoCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "releases:info",
                        "view detailed information for a release",
                        "  $ dyno releases:info v10",
                        "  $ dyno releases:info --shell");
        return Command.withApp(spec)
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("output in shell format", "-s", "--shell"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words("RELEASE", "a version, v11 or 11 (default: the newest)"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Releases releases = world.releases(app);
        List<String> words = Command.words(options);
        Optional<Release> release = ReleaseWords.named(words, releases, messages);
        if (release.isEmpty()) {
            return ReleaseWords.unknown(
                    words.isEmpty() ? "the newest" : words.getFirst(), releases, messages);
        }
        if (options.hasMatchedOption("--json")) {
            boolean current =
                    releases.all().stream()
                            .filter(releases::isEligibleForRollback)
                            .findFirst()
                            .equals(release);
            world.out().println(Json.of(ReleaseJson.of(release.get(), releases, current)));
        } else {
            boolean shell = options.hasMatchedOption("--shell");
            print(release.get(), releases, shell, world, world.palette(noColor));
        }
        return 0;
    }

    private static void print(
            Release release, Releases releases, boolean shell, World world, Palette palette) {
        Optional<Status> status = releases.status(release.version());
        String words = ReleaseWords.words(status);
        var block = new KeyValues(world, palette);
        block.header("Release " + palette.name(release.name()));
        var facts = new LinkedHashMap<String, String>();
        facts.put("By", Printable.escape(release.user()));
        facts.put(
                "Change",
                Printable.escape(release.description())
                        + (words.isEmpty()
                                ? ""
                                : " (" + ReleaseWords.paint(status, words, palette) + ")"));
        facts.put("Eligible for Rollback?", releases.isEligibleForRollback(release) ? "Yes" : "No");
        facts.put("When", ReleaseJson.time(release.createdAt()));
        block.facts(facts);
        world.out().print("\n");
        block.header(palette.name(release.name()) + " Config vars");
        if (shell) {
            release.config()
                    .values()
                    .forEach((name, value) ->
                            world.out().println(block.text(ConfigFlags.assignment(name, value))));
        } else {
            block.config(release.config().values());
        }
    }
}
