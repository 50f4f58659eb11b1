package dev.dyno.app;

/**
 * White space as JavaScript's {@code trim()} and {@code \s} know it, on which heroku local's
 * parsers stand.
 */
final class WhiteSpace {
    static final char BYTE_ORDER_MARK = '\uFEFF';

    private WhiteSpace() {}

    static boolean is(char c) {
        return switch (c) {
            case '\t', '\n', '\u000B', '\f', '\r', ' ' -> true;
            case '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            case BYTE_ORDER_MARK -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }

    /** What {@code .} does not match, and what {@code ^} matches behind in multi-line mode. */
    static boolean endsLine(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    /** The first index from which on there is something else, or {@code end}. */
    static int skip(String text, int start, int end) {
        int i = start;
        while (i < end && is(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index behind the last character that is something else, or {@code start}. */
    static int trimEnd(String text, int start, int end) {
        int i = end;
        while (i > start && is(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    static String trim(String text) {
        int end = trimEnd(text, 0, text.length());
        return text.substring(skip(text, 0, end), end);
    }
}
