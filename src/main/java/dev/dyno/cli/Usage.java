package dev.dyno.cli;

import dev.dyno.CalledAs;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command's help. The texts in it are dyno's own, so the command word is changed in them here.
 */
final class Usage {
    private Usage() {}

    static String of(CommandSpec spec) {
        return called(new CommandLine(spec).getUsageMessage(CommandLine.Help.Ansi.OFF));
    }

    /** The same text of ours with the word the user calls dyno by, where it begins a command. */
    static String called(String text) {
        return called(text, CalledAs.NAME);
    }

    static String called(String text, String name) {
        if (name.equals("dyno")) {
            return text;
        }
        String commands =
                Commands.NAMES.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|"));
        return Pattern.compile(
                        "(?<!\\b(?:a|the|each|of) )\\bdyno(?=\\s+(?:"
                                + commands
                                + "|COMMAND|--\\w+)(?![\\w-]))")
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(name));
    }
}
