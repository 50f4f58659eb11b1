package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.text.Palette;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno rollback [vN]}: an earlier release once more, as a new one (heroku.md 6.2). */
final class ReleasesRollbackCommand implements Command {
    private static final int REFUSED = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "releases:rollback",
                        "roll back to a previous release",
                        "  $ dyno releases:rollback v10",
                        "  $ dyno rollback");
        spec.usageMessage()
                .footerHeading(
                        "%nThe app's directory is not touched. Runs are of the release rolled back to"
                                + " until a file or .env there changes.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words("RELEASE", "a version, v11 or 11 (default: the one before)"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Releases releases = world.releases(app);
        List<String> words = Command.words(options);
        Optional<Release> target =
                words.isEmpty()
                        ? releases.all().stream()
                                .filter(releases::isEligibleForRollback)
                                .skip(1)
                                .findFirst()
                        : releases.find(ReleaseWords.version(words.getFirst()));
        releases.warnings().forEach(messages::warning);
        if (target.isEmpty() && words.isEmpty()) {
            messages.error("There is no release to roll back to.");
            messages.line("What there is, is listed by: " + CalledAs.NAME + " releases");
            return REFUSED;
        }
        if (target.isEmpty()) {
            return ReleaseWords.unknown(words.getFirst(), releases, messages);
        }
        return rollBack(target.get(), app, world, messages);
    }

    private static int rollBack(Release target, App app, World world, Messages messages) {
        if (!world.releases(app).isEligibleForRollback(target)) {
            messages.error(
                    target.name()
                            + " cannot be rolled back to: "
                            + ReleaseWords.words(world.releases(app).status(target.version())));
            messages.line("Name another one; they are listed by: " + CalledAs.NAME + " releases");
            return REFUSED;
        }
        Palette palette = messages.palette();
        String action =
                "Rolling back "
                        + palette.appName(app.name())
                        + " to "
                        + palette.name(target.name());
        Optional<Release> made =
                new NewRelease(world, messages, app)
                        .make(
                                action,
                                releases ->
                                        releases.rollBackTo(target, World.env(app), World.user()));
        if (made.isEmpty()) {
            return REFUSED;
        }
        messages.warning("Rollback affects code and config vars; it doesn't add or remove addons.");
        messages.warning(
                "To undo, run: "
                        + palette.code(CalledAs.NAME + " rollback v" + (made.get().version() - 1)));
        return 0;
    }
}
