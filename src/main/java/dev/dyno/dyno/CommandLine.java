package dev.dyno.dyno;

import dev.dyno.app.Procfile;
import java.util.List;

/**
 * The shell line a dyno runs.
 *
 * @param typed as the user gave it, which the status line shows
 * @param run what bash gets: where the first word names a process type, that type's command with
 *     the other words behind it (heroku.md 1.3)
 */
public record CommandLine(String typed, String run) {
    /** These words as they stand: none is taken for a process type. */
    public static CommandLine of(List<String> words) {
        String typed = join(words);
        return new CommandLine(typed, typed);
    }

    public static CommandLine of(List<String> words, Procfile procfile) {
        String typed = join(words);
        int start = 0;
        while (start < typed.length() && typed.charAt(start) == ' ') {
            start++;
        }
        int end = typed.indexOf(' ', start);
        String first = end < 0 ? typed.substring(start) : typed.substring(start, end);
        String rest = end < 0 ? "" : typed.substring(end);
        return new CommandLine(
                typed, procfile.command(first).map(command -> command + rest).orElse(typed));
    }

    /**
     * As {@code heroku local:run} takes words, where it does so well (heroku.md 6.4): each of
     * several is literal, and none is changed by the shell. One alone is a shell line here too.
     */
    public static CommandLine literal(List<String> words, Procfile procfile) {
        if (words.size() == 1) {
            return of(words, procfile);
        }
        String first = words.getFirst();
        var line = new StringBuilder(procfile.command(first).orElse(quoted(first)));
        for (String word : words.subList(1, words.size())) {
            line.append(' ').append(quoted(word));
        }
        return new CommandLine(String.join(" ", words), line.toString());
    }

    /** What is run, as the log shows it: a plain {@code $PORT} by its value (heroku.md 3.4). */
    String shown(int port) {
        return withPort(run, port);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * One word is a shell line as it stands; of several, those with blanks or double quotes are
     * quoted and the others left to the shell (heroku.md 1.2).
     */
    private static String join(List<String> words) {
        if (words.size() == 1) {
            return words.getFirst();
        }
        var line = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                line.append(' ');
            }
            quote(words.get(i), line);
        }
        return line.toString();
    }

    private static void quote(String word, StringBuilder line) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= c != ' ' && c != '"' && c != '\n' && c != '\t';
        }
        if (plain) {
            line.append(word);
        } else {
            line.append('"').append(word.replace("\"", "\\\"")).append('"');
        }
    }

    private static String withPort(String command, int port) {
        int at = command.indexOf("$PORT");
        if (at < 0) {
            return command;
        }
        int end = at + "$PORT".length();
        boolean whole = end == command.length() || !isWordPart(command.charAt(end));
        return command.substring(0, at)
                + (whole ? Integer.toString(port) : "$PORT")
                + withPort(command.substring(end), port);
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
