package dev.dyno.log;

import java.time.Instant;
import java.util.Collection;

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

    /** A new slug; its {@code commit} is said in 8 hexadecimal digits. */
    public LogLine deployed(Instant at, String commit) {
        return say(at, "Deploy ".concat(commit));
    }

    public LogLine released(Instant at, int version) {
        return say(at, "Release v".concat(Integer.toString(version)).concat(" created"));
    }

    public LogLine rolledBack(Instant at, int version) {
        return say(at, "Rollback to v".concat(Integer.toString(version)));
    }

    public LogLine configSet(Instant at, Collection<String> keys) {
        return say(at, "Set ".concat(String.join(", ", keys)).concat(" config vars"));
    }

    public LogLine configRemoved(Instant at, Collection<String> keys) {
        return say(at, "Remove ".concat(String.join(", ", keys)).concat(" config vars"));
    }

    private LogLine say(Instant at, String words) {
        return new LogLine(at, "app", "api", words.concat(" by user ").concat(user));
    }
}
