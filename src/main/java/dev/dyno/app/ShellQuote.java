package dev.dyno.app;

/**
 * Values of config vars as {@code config --shell} prints them and {@code config:edit} shows them
 * (heroku.md 6.1).
 */
public final class ShellQuote {
    private static final String SPECIAL = "\"#!$&'()*,:;<=>?@[\\]^`{|}";
    private static final String ESCAPED = "\"\\$`!";

    private ShellQuote() {}

    /** The value on one line: bare, in single quotes or in double quotes, as Heroku chooses. */
    public static String quote(String value) {
        boolean bare = true;
        boolean doubly = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            bare &= !WhiteSpace.is(c) && SPECIAL.indexOf(c) < 0;
            doubly |= c == '\'' || c == '\n';
        }
        if (bare) {
            return value;
        }
        return doubly ? doublyQuoted(value) : "'" + value.replace("\\", "\\\\") + "'";
    }

    private static String doublyQuoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n') {
                quoted.append("\\n");
                continue;
            }
            if (ESCAPED.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /**
     * The value that is quoted so, by {@link #quote} or by hand: pieces in quotes and bare ones
     * stand side by side, as for a shell, but nothing is expanded.
     *
     * @throws IllegalArgumentException where a quote is not closed, or blanks stand between; it
     *     does not say the value, which may be secret
     */
    public static String unquote(String quoted) {
        var value = new StringBuilder();
        int i = 0;
        int end = WhiteSpace.trimEnd(quoted, 0, quoted.length());
        while (i < end) {
            char c = quoted.charAt(i);
            if (c == '"' || c == '\'') {
                i = quoted(quoted, i, end, value);
            } else if (WhiteSpace.is(c)) {
                throw new IllegalArgumentException("blanks outside of quotes");
            } else if (c == '\\' && i + 1 < end) {
                value.append(quoted.charAt(i + 1));
                i += 2;
            } else {
                value.append(c);
                i++;
            }
        }
        return value.toString();
    }

    /** Returns where it goes on behind the closing quote. */
    private static int quoted(String text, int open, int end, StringBuilder value) {
        char quote = text.charAt(open);
        int i = open + 1;
        while (i < end && text.charAt(i) != quote) {
            char c = text.charAt(i);
            char next = i + 1 < end ? text.charAt(i + 1) : quote;
            if (c == '\\' && quote == '"' && next == 'n') {
                value.append('\n');
                i += 2;
            } else if (c == '\\' && (quote == '"' ? ESCAPED.indexOf(next) >= 0 : next == '\\')) {
                value.append(next);
                i += 2;
            } else {
                value.append(c);
                i++;
            }
        }
        if (i >= end) {
            throw new IllegalArgumentException("a quote that is not closed");
        }
        return i + 1;
    }
}
