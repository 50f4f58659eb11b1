package dev.dyno.change;

import java.nio.charset.StandardCharsets;

/** Names as git writes them: in quotes where a byte is no plain ASCII (core.quotePath). */
final class Quoted {
    private static final String LETTERS = "abtnvfr";
    private static final char BELL = 7;

    private Quoted() {}

    static boolean isNeeded(Name name) {
        for (byte each : name.bytes()) {
            if (isSpecial(each)) {
                return true;
            }
        }
        return false;
    }

    /** {@code a/lib/x.rb}, or {@code "a/\303\251"}. */
    static String of(String before, Name name) {
        if (!isNeeded(name)) {
            return before + new String(name.bytes(), StandardCharsets.US_ASCII);
        }
        var text = new StringBuilder("\"").append(before);
        for (byte each : name.bytes()) {
            append(each, text);
        }
        return text.append('"').toString();
    }

    private static void append(byte each, StringBuilder text) {
        char c = (char) (each & 0xff);
        if (!isSpecial(each)) {
            text.append(c);
            return;
        }
        text.append('\\');
        if (c == '"' || c == '\\') {
            text.append(c);
        } else if (c >= BELL && c < BELL + LETTERS.length()) {
            text.append(LETTERS.charAt(c - BELL));
        } else {
            text.append((char) ('0' + (c >> 6)))
                    .append((char) ('0' + ((c >> 3) & 7)))
                    .append((char) ('0' + (c & 7)));
        }
    }

    private static boolean isSpecial(byte each) {
        return each < ' ' || each == 0x7f || each == '"' || each == '\\';
    }
}
