package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.log.TerminalMessage;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import dev.dyno.text.Palette;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno releases:output [vN]}: what a release phase wrote (heroku.md 6.2). */
final class ReleasesOutputCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "releases:output",
                        "view the output of the release command",
                        "  $ dyno releases:output",
                        "  $ dyno releases:output v11");
        return Command.withApp(spec)
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words("RELEASE", "a version, v11 or 11 (default: the newest)"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Releases releases = world.releases(app);
        List<String> words = Command.words(options);
        Optional<Release> release = ReleaseWords.named(words, releases, messages);
        if (release.isEmpty() && words.isEmpty()) {
            messages.warning("App " + messages.palette().appName(app.name()) + " has no releases");
            return 0;
        }
        if (release.isEmpty()) {
            return ReleaseWords.unknown(words.getFirst(), releases, messages);
        }
        Path output = releases.output(release.get().version());
        if (Files.isRegularFile(output, LinkOption.NOFOLLOW_LINKS)) {
            print(output, world, world.palette(noColor));
        } else if (releases.status(release.get().version()).equals(Optional.of(Status.PENDING))) {
            messages.warning("Release command not started yet. Please try again in a few seconds.");
        } else {
            messages.warning(
                    "Release " + release.get().name() + " has no release output available.");
        }
        return 0;
    }

    /** To a pipe byte for byte; on a terminal only the program's own colours are obeyed. */
    private static void print(Path output, World world, Palette palette) throws IOException {
        if (!world.outIsTerminal()) {
            Files.copy(output, world.out());
            return;
        }
        boolean coloured = palette.level() != Palette.Level.NONE;
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        text.lines().forEach(line -> world.out().print(TerminalMessage.of(line, coloured) + "\n"));
    }
}
