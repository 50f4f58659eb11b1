package dev.dyno.output;

/**
 * What stands between the quotes of a JSON string (RFC 8259). Besides what must be, all that would
 * do something to a terminal or end a line for some reader is escaped.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Puts text that is printable ASCII and tabs. */
    static void put(Bytes out, byte[] text, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '"' || b == '\\' || b == '\t') {
                out.put(text, start, i).put('\\').put(b == '\t' ? 't' : b);
                start = i + 1;
            }
        }
        out.put(text, start, to);
    }

    /** Puts any text. */
    static void put(Bytes out, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            append(escaped, text.charAt(i));
        }
        out.put(escaped.toString());
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isHarmful(c)) {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt((c >> shift) & 0xf));
                    }
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static boolean isHarmful(char c) {
        return c < ' '
                || (c >= 0x7f && c <= 0x9f)
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
