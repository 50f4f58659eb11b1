package dev.dyno.release;

import java.util.Locale;
import java.util.Optional;

/** How a release's release phase went, in the words of Heroku's Platform API (heroku.md 6.3). */
public enum Status {
    /** It is running, or dyno died while it was. */
    PENDING,
    SUCCEEDED,
    FAILED;

    static Optional<Status> of(String text) {
        for (Status status : values()) {
            if (status.toString().equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
