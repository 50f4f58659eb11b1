package dev.dyno.log;

import java.time.Instant;

/**
 * What a user did to the app, in the words of Heroku's {@code app[api]} lines (heroku.md 3.4).
 *
 * @param user who did it
 */
public record ApiEvents(String user) {
    /** Somebody asked for a one-off. */
    public LogLine starting(Instant at, String command) {
        return say(at, Lifecycle.startingWith(command));
    }

    /** What a release is about: {@code Deploy 3f2a91bc}, {@code Set A config vars}. */
    public LogLine described(Instant at, String description) {
        return say(at, description);
    }

    public LogLine released(Instant at, int version) {
        return say(at, "Release v".concat(Integer.toString(version)).concat(" created"));
    }

    /** A release's command is about to run. */
    public LogLine running(Instant at, int version) {
        return say(at, "Running release v".concat(Integer.toString(version)).concat(" commands"));
    }

    /** A release's command failed, and with it the release. */
    public LogLine failed(Instant at, int version) {
        return say(at, "Release v".concat(Integer.toString(version)).concat(" command failed"));
    }

    /**
     * The formation was changed.
     *
     * @param entries those that were, as {@code web@2:Standard-1X worker@1:Basic}
     */
    public LogLine scaled(Instant at, String entries) {
        return say(at, "Scaled to ".concat(entries));
    }

    private LogLine say(Instant at, String words) {
        return new LogLine(at, "app", "api", words.concat(" by user ").concat(user));
    }
}
