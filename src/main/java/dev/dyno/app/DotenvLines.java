package dev.dyno.app;

import java.util.Map;

/**
 * {@code KEY=VALUE} lines, parsed to the values that node-foreman's envs.cjs gives (heroku.md 6.4).
 *
 * <p>Lines end at line feeds; but comments are cut out first, and they also begin and end at a lone
 * carriage return, U+2028 and U+2029, because JavaScript's {@code ^} and {@code .} say so. Unlike
 * there, cutting never joins two lines, and nothing is cut out of a quoted value.
 */
final class DotenvLines {
    private static final String EXPORT = "export";

    private final String text;
    private final Findings findings;
    private final Map<String, String> values;
    private int lineStart;
    private int lineNumber;

    DotenvLines(String text, Findings findings, Map<String, String> values) {
        this.text = text;
        this.findings = findings;
        this.values = values;
    }

    void parse() {
        lineStart = 0;
        lineNumber = 1;
        while (lineStart < text.length()) {
            int end = assignment(lineEnd(lineStart));
            for (int i = lineStart; i <= end; i++) {
                if (i < text.length() && text.charAt(i) == '\n') {
                    lineNumber++;
                }
            }
            lineStart = end + 1;
        }
    }

    /** Reads what begins on this line and says where it ends: further down for a quoted value. */
    private int assignment(int lineEnd) {
        int end = WhiteSpace.trimEnd(text, lineStart, lineEnd);
        int start = skip(lineStart, end, true);
        if (start == end) {
            return lineEnd;
        }
        int equals = equalsSign(start, end);
        if (equals < 0) {
            // Perhaps the rest of a secret: nothing of it is shown.
            findings.warning(lineNumber, column(start), "no \"=\": ignored", "");
            return lineEnd;
        }
        String name = name(withoutComments(start, equals));
        boolean named = ConfigVars.isName(name);
        if (!named) {
            String shown = Visible.escaped(Visible.shortened(name));
            error(start, equals, "invalid variable name '" + shown + "'");
        }
        int value = skip(equals + 1, end, false);
        if (value < end && (text.charAt(value) == '"' || text.charAt(value) == '\'')) {
            return quoted(named ? name : "", equals, value, lineEnd);
        }
        if (named) {
            values.put(name, unquoted(equals, value, end));
        }
        return lineEnd;
    }

    /** Up to the next quote of the same kind, which nothing escapes; over lines if need be. */
    private int quoted(String name, int equals, int open, int lineEnd) {
        int close = text.indexOf(text.charAt(open), open + 1);
        if (close < 0) {
            error(open, equals, "unterminated quote");
            return text.length();
        }
        int end = lineEnd(close);
        int rest = WhiteSpace.skip(text, close + 1, end);
        boolean followed = rest < end && text.charAt(rest) != '#';
        boolean oneLine = close < lineEnd;
        if (followed && !oneLine) {
            // Which quote was meant to close is anyone's guess: the lines below make no sense.
            error(open, equals, "text after closing quote of multi-line value");
            return text.length();
        }
        if (followed) {
            warning(rest, equals, "text after closing quote ignored");
        }
        if (!name.isEmpty()) {
            String value = text.substring(open + 1, close);
            values.put(name, oneLine ? value : value.replace("\r\n", "\n"));
        }
        return end;
    }

    /** Up to {@code #}, wherever it stands: JavaScript's {@code replace(/\s*#.*$/, '')}. */
    private String unquoted(int equals, int start, int end) {
        String value = WhiteSpace.trim(withoutComments(start, end));
        int lastLine = value.length();
        while (lastLine > 0 && !WhiteSpace.endsLine(value.charAt(lastLine - 1))) {
            lastLine--;
        }
        int hash = value.indexOf('#', lastLine);
        if (hash < 0) {
            return value;
        }
        int kept = WhiteSpace.trimEnd(value, 0, hash);
        if (kept == hash && hash > 0) {
            warning(start + hash, equals, "value cut at \"#\"");
        }
        return value.substring(0, kept);
    }

    private static String name(String written) {
        String name = WhiteSpace.trim(written);
        int prefix = EXPORT.length();
        boolean exported =
                name.length() > prefix
                        && name.startsWith(EXPORT)
                        && WhiteSpace.is(name.charAt(prefix));
        return exported ? WhiteSpace.trim(name.substring(prefix)) : name;
    }

    private int equalsSign(int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) != '=') {
            i = WhiteSpace.endsLine(text.charAt(i)) ? skip(i, end, true) : i + 1;
        }
        return i < end ? i : -1;
    }

    /**
     * Over white space and whole comments; a comment has only white space before it on its line.
     */
    private int skip(int start, int end, boolean startsLine) {
        boolean inBlank = startsLine;
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (WhiteSpace.is(c)) {
                inBlank |= WhiteSpace.endsLine(c);
                i++;
            } else if (c == '#' && inBlank) {
                i = commentEnd(i, end);
            } else {
                return i;
            }
        }
        return end;
    }

    /** From the middle of a line on; of blank lines and comments the last line end is left. */
    private String withoutComments(int start, int end) {
        var kept = new StringBuilder(end - start);
        int i = start;
        while (i < end) {
            char c = text.charAt(i++);
            kept.append(c);
            if (WhiteSpace.endsLine(c)) {
                int next = skip(i, end, true);
                i = next == end ? end : Math.max(i, lastLineEnd(i, next));
            }
        }
        return kept.toString();
    }

    private int lastLineEnd(int start, int end) {
        int i = end - 1;
        while (i >= start && !WhiteSpace.endsLine(text.charAt(i))) {
            i--;
        }
        return i;
    }

    private int commentEnd(int start, int end) {
        int i = start;
        while (i < end && !WhiteSpace.endsLine(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int lineEnd(int start) {
        int newline = text.indexOf('\n', start);
        return newline < 0 ? text.length() : newline;
    }

    private int column(int index) {
        return text.codePointCount(lineStart, index) + 1;
    }

    private void error(int index, int equals, String message) {
        findings.error(lineNumber, column(index), message, source(equals));
    }

    private void warning(int index, int equals, String message) {
        findings.warning(lineNumber, column(index), message, source(equals));
    }

    /** Nothing where a comment may stand before the name: it may be a secret put out of use. */
    private String source(int equals) {
        return lastLineEnd(lineStart, equals) < lineStart
                ? text.substring(lineStart, equals + 1)
                : "";
    }
}
