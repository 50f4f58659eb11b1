package dev.dyno.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Sets {@code run}'s flags apart from the command's words. Before the words every flag is dyno's or
 * an error of none; behind them Heroku's flags still are, if they stand alone ({@code -a shop}, not
 * {@code -al}); {@code --} ends ours, and what dyno does not know is the command's.
 */
final class RunArguments {
    /** Heroku's own (heroku.md 1.1), which work behind the words as well. */
    private static final Set<String> HEROKU =
            Set.of(
                    "-a",
                    "--app",
                    "-r",
                    "--remote",
                    "-e",
                    "--env",
                    "-s",
                    "--size",
                    "--type",
                    "-x",
                    "--exit-code",
                    "--no-tty",
                    "--no-notify",
                    "--no-launcher");

    private RunArguments() {}

    /** The same words with the flags first and {@code --} before the rest. */
    static List<String> arrange(CommandSpec spec, List<String> words) {
        return arrange(spec, words, HEROKU);
    }

    /**
     * As {@link #arrange}, but all that stands behind the command's first word is the command's.
     */
    static List<String> arrangeBefore(CommandSpec spec, List<String> words) {
        return arrange(spec, words, Set.of());
    }

    /**
     * As {@link #arrange(CommandSpec, List)}.
     *
     * @param everywhere the flags that work behind the words as well
     */
    static List<String> arrange(CommandSpec spec, List<String> words, Set<String> everywhere) {
        var flags = new ArrayList<String>();
        var command = new ArrayList<String>();
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i++);
            if (word.equals("--")) {
                command.addAll(words.subList(i, words.size()));
                break;
            }
            OptionSpec option = option(spec, word, command.isEmpty(), everywhere);
            if (option == null) {
                command.add(word);
                continue;
            }
            flags.add(word);
            boolean apart = option.arity().max() > 0 && spec.findOption(word) != null;
            if (apart && i < words.size()) {
                flags.add(words.get(i++));
            }
        }
        flags.add("--");
        flags.addAll(command);
        return flags;
    }

    private static @org.jspecify.annotations.Nullable OptionSpec option(
            CommandSpec spec, String word, boolean first, Set<String> everywhere) {
        if (!word.startsWith("-") || word.equals("-")) {
            return null;
        }
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals > 0 ? word.substring(0, equals) : word;
        OptionSpec option = spec.findOption(name);
        if (option == null && first && !word.startsWith("--")) {
            option = spec.findOption(word.substring(0, 2)); // -aAPP
            if (option != null && option.arity().max() == 0) {
                option = null;
            }
            return option;
        }
        return option != null && (first || everywhere.contains(name)) ? option : null;
    }
}
