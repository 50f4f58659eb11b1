package dev.dyno.app;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import java.util.List;

/** What a parser understood of a file, and what it did not. */
public record Reading<T>(T value, List<Finding> errors, List<Finding> warnings) {
    public Reading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** The value of a file without an error: half a file is never acted on. */
    public T orThrow() {
        if (errors.isEmpty()) {
            return value;
        }
        throw new UserError(
                errors.getFirst().describe(),
                "'" + CalledAs.NAME + " check' shows every line that is wrong");
    }
}
