package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.text.Palette;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno releases:retry}: the newest release once more, for its release phase (6.2). */
final class ReleasesRetryCommand implements Command {
    private static final int REFUSED = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "releases:retry",
                        "retry the latest release-phase command",
                        "  $ dyno releases:retry");
        spec.usageMessage()
                .footerHeading(
                        "%nThe release command is run by dyno local: by the one that runs, or the"
                                + " next.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Optional<Release> newest = world.releases(app).current();
        if (newest.isEmpty()) {
            messages.error("No release found for this app.");
            return REFUSED;
        }
        if (Procfile.read(world.files(app)).value().command("release").isEmpty()) {
            messages.error("App must have a release-phase command to use this command.");
            return REFUSED;
        }
        Palette palette = messages.palette();
        String action =
                "Retrying "
                        + palette.name(newest.get().name())
                        + " on "
                        + palette.appName(app.name());
        return new NewRelease(world, messages, app)
                        .make(action, (Releases releases) -> releases.retry(World.user()))
                        .isPresent()
                ? 0
                : REFUSED;
    }
}
