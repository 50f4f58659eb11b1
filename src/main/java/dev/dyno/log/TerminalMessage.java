package dev.dyno.log;

import dev.dyno.text.Printable;

/**
 * A message that is safe on a terminal (reliability.md X06). A program's tabs and colours (SGR
 * sequences, {@code ESC [ … m}) are left alone, since logs are read for them and they change
 * nothing but the look of their own line: it ends with a reset. All else is shown, not obeyed.
 */
public final class TerminalMessage {
    private static final char ESCAPE = '\u001b';
    private static final String RESET = "\u001b[0m";

    private TerminalMessage() {}

    /** A line's message without its end; without colours, the program's go too. */
    public static String of(String message, boolean coloured) {
        StringBuilder out = new StringBuilder();
        boolean styled = false;
        int plainFrom = 0;
        int i = 0;
        while (i < message.length()) {
            int sequenceEnd = endOfPermitted(message, i);
            if (sequenceEnd > i) {
                out.append(Printable.escape(message.substring(plainFrom, i)));
                boolean colour = message.charAt(i) == ESCAPE;
                if (coloured || !colour) {
                    out.append(message, i, sequenceEnd);
                    styled |= colour;
                }
                plainFrom = sequenceEnd;
            }
            i = Math.max(i + 1, sequenceEnd);
        }
        out.append(Printable.escape(message.substring(plainFrom)));
        return out.append(styled ? RESET : "").toString();
    }

    /** Where the tab or colour sequence that begins here ends; here, if none does. */
    private static int endOfPermitted(String message, int start) {
        if (message.charAt(start) == '\t') {
            return start + 1;
        }
        if (!message.startsWith("\u001b[", start)) {
            return start;
        }
        int end = start + 2;
        while (end < message.length() && isParameter(message.charAt(end))) {
            end++;
        }
        return end < message.length() && message.charAt(end) == 'm' ? end + 1 : start;
    }

    private static boolean isParameter(char c) {
        return (c >= '0' && c <= '9') || c == ';' || c == ':';
    }
}
