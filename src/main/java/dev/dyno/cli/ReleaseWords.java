package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Optional;

/** How the commands about releases name them, and say how they went (heroku.md 6.2). */
final class ReleaseWords {
    /** Of a release there is not. */
    static final int NOT_FOUND = 2;

    private ReleaseWords() {}

    /**
     * 11 for {@code v11} and {@code 11}.
     *
     * @throws UserError where the word names no release
     */
    static int version(String word) {
        return Releases.version(word)
                .orElseThrow(() ->
                        new UserError(
                                "'" + Printable.escape(word) + "' is no release",
                                "A release is named like v11 or 11."));
    }

    /**
     * The release that a command's first word names, or the newest; what is damaged is said.
     *
     * @throws UserError where the word names no release
     */
    static Optional<Release> named(List<String> words, Releases releases, Messages messages) {
        Optional<Release> release =
                words.isEmpty() ? releases.current() : releases.find(version(words.getFirst()));
        releases.warnings().forEach(messages::warning);
        return release;
    }

    /** Says that there is none of that name, and which there are. */
    static int unknown(String word, Releases releases, Messages messages) {
        List<Release> all = releases.all();
        messages.error("Couldn't find that release.");
        messages.line(
                all.isEmpty()
                        ? "There are none: a run makes the first."
                        : "There are those from "
                                + all.getLast().name()
                                + " to "
                                + all.getFirst().name()
                                + ", not "
                                + Printable.escape(word)
                                + ".");
        messages.line("Error ID: not_found");
        return NOT_FOUND;
    }

    /** What is said of a status but that all went well; empty then. */
    static String words(Optional<Status> status) {
        return switch (status.orElse(Status.SUCCEEDED)) {
            case FAILED -> "release command failed";
            case PENDING -> "release command executing";
            case SUCCEEDED -> "";
        };
    }

    static String paint(Optional<Status> status, String text, Palette palette) {
        return switch (status.orElse(Status.SUCCEEDED)) {
            case FAILED -> palette.failure(text);
            case PENDING -> palette.warning(text);
            case SUCCEEDED -> palette.name(text);
        };
    }
}
