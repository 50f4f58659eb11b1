package dev.dyno.text;

/**
 * Text from elsewhere made harmless to a terminal: what would move the cursor, change colours or
 * turn the reading direction is shown instead of obeyed (reliability.md X06).
 */
public final class Printable {
    private Printable() {}

    /** The same text, with control characters written as {@code \n}, {@code \x1b}, … */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHarmful(text, i)) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int first) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            if (isHarmful(text, i)) {
                appendEscaped(out, text.charAt(i));
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean isHarmful(String text, int index) {
        char c = text.charAt(index);
        if (c < 0x7f) {
            return c < ' ';
        }
        return c <= 0x9f
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || isUnpaired(text, index);
    }

    private static boolean isUnpaired(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> appendNumbered(out, c);
        }
    }

    private static void appendNumbered(StringBuilder out, char c) {
        if (Character.isSurrogate(c)) {
            out.append('\ufffd');
            return;
        }
        boolean wide = c > 0xff;
        out.append(wide ? "\\u" : "\\x");
        for (int shift = wide ? 12 : 4; shift >= 0; shift -= 4) {
            out.append(Digits.HEX.charAt((c >> shift) & 0xf));
        }
    }
}
