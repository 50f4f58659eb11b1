package dev.dyno;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can mend: what is wrong, and what to do about it. Anything else thrown is a
 * bug.
 */
public final class UserError extends RuntimeException {
    private final @Nullable String hint;
    private final boolean notFound;

    /**
     * @param message what is wrong, naming the value, in one line without a full stop
     */
    public UserError(String message) {
        this(message, null);
    }

    /**
     * @param hint what to do, in one line; null where the message already says it
     */
    public UserError(String message, @Nullable String hint) {
        this(message, hint, false);
    }

    private UserError(String message, @Nullable String hint, boolean notFound) {
        super(message);
        this.hint = hint;
        this.notFound = notFound;
    }

    /** What was named is not there: an error of Heroku's API, whose id is {@code not_found}. */
    public static UserError notFound(String message, @Nullable String hint) {
        return new UserError(message, hint, true);
    }

    public @Nullable String hint() {
        return hint;
    }

    public boolean isNotFound() {
        return notFound;
    }
}
