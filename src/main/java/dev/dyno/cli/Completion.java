package dev.dyno.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A shell's script that completes our command lines. What there is to complete comes from the same
 * descriptions as {@code --help}; names that come and go are read by the script itself, since a JVM
 * would take too long to start for a tab.
 */
final class Completion {
    /** The shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Completion() {}

    /**
     * @param name the command word to complete behind
     */
    static String script(Shell shell, String name) {
        String words =
                resource("completion.sh").replace("@NAME@", name)
                        + commands(name)
                        + takes(name)
                        + flags(name);
        if (shell == Shell.FISH) {
            words = words.replace("\\", "\\\\").replace("'", "\\'");
        }
        return resource("completion." + shell.label())
                .replace("@NAME@", name)
                .replace("@WORDS@", words);
    }

    private static String commands(String name) {
        var text = new StringBuilder("\n__" + name + "_commands() {\n  printf '%s\\n'");
        for (String command : Commands.NAMES) {
            String header = String.join(" ", spec(command).usageMessage().header());
            text.append(" \\\n    ").append(quote(command + "\t" + header));
        }
        return text.append("\n}\n").toString();
    }

    /** What each command's flags and words are, to be filled in. */
    private static String takes(String name) {
        var text =
                new StringBuilder(
                        "\n__" + name + "_takes() {\n  takes= others=none\n  case $1 in\n");
        for (String command : Commands.NAMES) {
            CommandSpec spec = spec(command);
            var takes = new StringBuilder();
            for (OptionSpec option : spec.options()) {
                for (String flag : option.names()) {
                    if (option.arity().max() > 0) {
                        takes.append(' ').append(flag).append(':').append(of(command, option));
                    }
                }
            }
            text.append("    ").append(command).append(") takes=").append(quote(takes.toString()));
            if (!spec.positionalParameters().isEmpty()) {
                text.append(" others=").append(of(command, spec.positionalParameters().getFirst()));
            }
            text.append(" ;;\n");
        }
        return text.append("    *) return 1 ;;\n  esac\n}\n").toString();
    }

    private static String of(String command, ArgSpec argument) {
        return Candidates.of(command, argument);
    }

    private static String flags(String name) {
        var text = new StringBuilder("\n__" + name + "_flags() {\n  case $1 in\n");
        for (String command : Commands.NAMES) {
            text.append("    ").append(command).append(")\n      printf '%s\\n'");
            for (OptionSpec option : spec(command).options()) {
                if (!option.hidden()) {
                    String meaning = String.join(" ", option.description());
                    text.append(" \\\n        ")
                            .append(quote(option.longestName() + "\t" + meaning));
                }
            }
            text.append("\n      ;;\n");
        }
        return text.append("  esac\n}\n").toString();
    }

    private static CommandSpec spec(String command) {
        return Objects.requireNonNull(Commands.named(command)).spec();
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String resource(String name) {
        try (InputStream stream = Completion.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
