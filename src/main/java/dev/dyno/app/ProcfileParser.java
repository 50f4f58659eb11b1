package dev.dyno.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** One {@code type: command} a line; any other line but a blank or a comment is an error. */
final class ProcfileParser {
    private final Findings findings;
    private final Map<String, String> commands = new LinkedHashMap<>();

    ProcfileParser(Findings findings) {
        this.findings = findings;
    }

    Reading<Procfile> parse(String text) {
        int number = 0;
        for (int start = 0, end; start < text.length(); start = end + 1) {
            int newline = text.indexOf('\n', start);
            end = newline < 0 ? text.length() : newline;
            line(++number, withoutCarriageReturn(text, start, end));
        }
        if (commands.isEmpty() && !findings.hasErrors()) {
            findings.error("no processes defined");
        }
        return findings.about(new Procfile(commands));
    }

    private void line(int number, String line) {
        int carriageReturn = line.indexOf('\r');
        if (carriageReturn >= 0) {
            error(number, line, carriageReturn, "carriage return inside a line");
            return;
        }
        int start = skipBlanks(line, 0);
        if (start == line.length() || line.charAt(start) == '#') {
            return;
        }
        int colon = line.indexOf(':', start);
        if (colon < 0) {
            error(number, line, wordEnd(line, start), "no \":\"");
            return;
        }
        int end = trimBlanks(line, start, colon);
        String type = line.substring(start, end);
        int misfit = ProcessType.misfit(type);
        int commandEnd = trimBlanks(line, colon + 1, line.length());
        if (misfit >= 0) {
            error(number, line, start + misfit, "bad process name");
        } else if (end < colon) {
            error(number, line, end, "white space before \":\"");
        } else if (type.length() > ProcessType.LONGEST) {
            int excess = start + ProcessType.LONGEST;
            error(number, line, excess, "process name over 63 characters");
        } else if (commandEnd == colon + 1) {
            error(number, line, colon + 1, "no command");
        } else {
            define(
                    number,
                    line,
                    start,
                    type,
                    line.substring(skipBlanks(line, colon + 1), commandEnd));
        }
    }

    private void define(int number, String line, int start, String type, String command) {
        if (start > 0) {
            findings.warning(number, 1, "leading white space", line);
        }
        if (commands.put(type, command) != null) {
            String message = "duplicate " + type + "; the last one wins";
            findings.warning(number, column(line, start), message, line);
        }
    }

    private void error(int number, String line, int index, String message) {
        findings.error(number, column(line, index), message, line);
    }

    private static int column(String line, int index) {
        return line.codePointCount(0, index) + 1;
    }

    private static String withoutCarriageReturn(String text, int start, int end) {
        int i = end;
        while (i > start && text.charAt(i - 1) == '\r') {
            i--;
        }
        return text.substring(start, i);
    }

    /** Where a colon was to be expected. */
    private static int wordEnd(String line, int start) {
        int i = start;
        while (i < line.length()
                && (ProcessType.isWordCharacter(line.charAt(i)) || line.charAt(i) == '-')) {
            i++;
        }
        return i;
    }

    private static int skipBlanks(String line, int start) {
        int i = start;
        while (i < line.length() && isBlank(line.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int trimBlanks(String line, int start, int end) {
        int i = end;
        while (i > start && isBlank(line.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    // Unicode's white space, which Heroku's own Procfile parser trims: not quite JavaScript's.
    private static boolean isBlank(char c) {
        return c == '\u0085' || (c != WhiteSpace.BYTE_ORDER_MARK && WhiteSpace.is(c));
    }
}
