package dev.dyno;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can mend: what is wrong, and what to do about it. Anything else thrown is a
 * bug.
 */
public final class UserError extends RuntimeException {
    private final @Nullable String hint;

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
        super(message);
        this.hint = hint;
    }

    public @Nullable String hint() {
        return hint;
    }
}
