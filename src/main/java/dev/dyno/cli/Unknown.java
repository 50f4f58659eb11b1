package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Optional;

/** What is said of a word that is no command of ours, and what may have been meant by it. */
final class Unknown {
    private static final int FAILED = 1;
    private static final int UNKNOWN_COMMAND = 127;

    private Unknown() {}

    /**
     * Returns the exit status.
     *
     * @param arguments the word and what stands behind it
     */
    static int answer(List<String> arguments, Messages messages) {
        String name = arguments.getFirst();
        Optional<String> joined = joined(arguments);
        Optional<String> instead = HerokuOnly.instead(name);
        if (joined.isEmpty() && instead.isPresent()) {
            messages.error(instead.get());
            return FAILED;
        }
        messages.warning(Printable.escape(name) + " is not a " + CalledAs.NAME + " command.");
        joined.or(() -> Nearest.to(name, Commands.NAMES))
                .ifPresent(meant -> messages.line("Did you mean " + meant + "?"));
        messages.error("Run " + CalledAs.NAME + " help for a list of available commands.");
        return UNKNOWN_COMMAND;
    }

    /** The command that {@code ps scale} would be with a colon (heroku.md 0.2). */
    static Optional<String> joined(List<String> arguments) {
        if (arguments.size() < 2) {
            return Optional.empty();
        }
        String name = arguments.get(0) + ":" + arguments.get(1);
        boolean forUsers =
                Commands.named(name) != null && !name.equals(RunDetachedCommand.SUPERVISOR);
        return forUsers ? Optional.of(name) : Optional.empty();
    }
}
