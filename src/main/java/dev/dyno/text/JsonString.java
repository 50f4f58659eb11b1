package dev.dyno.text;

import java.nio.charset.StandardCharsets;

/**
 * Bytes that come piece by piece, made into what stands between the quotes of a JSON string (RFC
 * 8259). Besides what must be, all that would do something to a terminal or end a line for some
 * reader is escaped. A character that a piece's end cuts waits for the next piece. What is no UTF-8
 * becomes U+FFFD, as Unicode recommends and asciinema does: one for each sequence that cannot go
 * on.
 */
public final class JsonString {
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    /** The character that has begun, and how many bytes of which range it still needs. */
    private final byte[] begun = new byte[4];

    private int have;
    private int needed;
    private int lowest;
    private int highest;

    /** Puts a text that is all there is. */
    public static void put(String text, Bytes out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var string = new JsonString();
        string.put(bytes, 0, bytes.length, out);
        string.end(out);
    }

    /** JSON that somebody else wrote, with what would do something to a terminal escaped. */
    public static String harmless(String json) {
        var out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == 0x7f || isHarmful(c)) { // which stands in strings alone
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Digits.HEX.charAt((c >> shift) & 0xf));
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Puts the next piece. */
    public void put(byte[] bytes, int from, int to, Bytes out) {
        int plain = from;
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            if (needed == 0 && b >= ' ' && b != '"' && b != '\\' && b != 0x7f) {
                continue;
            }
            out.put(bytes, plain, i);
            plain = i + 1;
            step(b & 0xff, out);
        }
        out.put(bytes, Math.min(plain, to), to);
    }

    /** No more comes: a character that has begun is none. What is put next is another string. */
    public void end(Bytes out) {
        if (needed > 0) {
            replace(out);
        }
    }

    private void step(int b, Bytes out) {
        if (needed > 0) {
            if (b >= lowest && b <= highest) {
                goOn(b, out);
                return;
            }
            replace(out);
        }
        if (b < 0x80) {
            ascii(b, out);
        } else if (!begin(b)) {
            out.put(REPLACEMENT, 0, REPLACEMENT.length);
        }
    }

    /** The Unicode Standard's table 3-7: what may follow which first byte. */
    private boolean begin(int b) {
        if (b < 0xc2 || b > 0xf4) {
            return false;
        }
        needed = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        begun[0] = (byte) b;
        have = 1;
        return true;
    }

    private void goOn(int b, Bytes out) {
        begun[have++] = (byte) b;
        lowest = 0x80;
        highest = 0xbf;
        if (--needed > 0) {
            return;
        }
        int c = have == 4 ? 0 : character();
        if (isHarmful(c)) {
            unicode(c, out);
        } else {
            out.put(begun, 0, have);
        }
    }

    /** The one that has come to its end, of two bytes or three. */
    private int character() {
        int first = have == 2 ? begun[0] & 0x1f : (begun[0] & 0xf) << 6 | (begun[1] & 0x3f);
        return first << 6 | (begun[have - 1] & 0x3f);
    }

    /** Controls, ends of lines and directions of reading beyond ASCII. */
    private static boolean isHarmful(int c) {
        return (c >= 0x80 && c <= 0x9f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private void replace(Bytes out) {
        needed = 0;
        out.put(REPLACEMENT, 0, REPLACEMENT.length);
    }

    private static void ascii(int b, Bytes out) {
        switch (b) {
            case '"', '\\' -> out.put('\\').put(b);
            case '\n' -> out.put('\\').put('n');
            case '\r' -> out.put('\\').put('r');
            case '\t' -> out.put('\\').put('t');
            default -> {
                if (b < ' ' || b == 0x7f) {
                    unicode(b, out);
                } else {
                    out.put(b);
                }
            }
        }
    }

    private static void unicode(int c, Bytes out) {
        out.put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.put(Digits.HEX.charAt((c >> shift) & 0xf));
        }
    }
}
