package dev.dyno.cli;

import dev.dyno.dyno.DynoSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What may stand for a flag's or a command's word, told from its label in the help: one of the
 * kinds that {@code completion.sh} finds, or the words themselves with commas between.
 */
final class Candidates {
    private Candidates() {}

    static String of(String command, ArgSpec argument) {
        String label = argument.paramLabel().replaceAll("[<>\\[\\]]", "");
        boolean assigned = label.contains("=");
        return switch (label.replaceAll("[^A-Z].*", "")) {
            case "APP" -> "apps";
            case "DYNO" -> "dynos";
            case "RUN" -> "runs";
            case "STATUS" -> "ok,failed";
            case "WHAT" -> "recorded,current";
            case "TYPE" -> assigned ? "quantities" : "types";
            case "RELEASE", "VERSION" -> "releases";
            case "KEY" -> assigned ? "settings" : "keys";
            case "FILE" -> "files";
            case "DIRECTORY" -> "directories";
            case "COMMAND" -> command.equals("help") ? "commands" : "programs";
            case "SIZE" -> String.join(",", sizes());
            case "LEVEL" -> "namespaces,plain";
            case "SOURCE" -> "app,heroku";
            case "FORMAT" -> "local,heroku,json,raw";
            case "SHELL" -> "bash,zsh,fish";
            default -> "none";
        };
    }

    private static List<String> sizes() {
        var sizes = new ArrayList<String>();
        for (DynoSize size : DynoSize.values()) {
            sizes.add(size.label().toLowerCase(Locale.ROOT));
        }
        return sizes;
    }
}
