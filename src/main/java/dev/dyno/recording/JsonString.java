package dev.dyno.recording;

/**
 * Bytes that come piece by piece, made into what stands between the quotes of a JSON string (RFC
 * 8259). A character that a piece's end cuts waits for the next piece. What is no UTF-8 becomes
 * U+FFFD, as Unicode recommends and asciinema does: one for each sequence that cannot go on.
 */
final class JsonString {
    private static final String HEX = "0123456789abcdef";
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    /** The character that has begun, and how many bytes of which range it still needs. */
    private final byte[] begun = new byte[4];

    private int have;
    private int needed;
    private int lowest;
    private int highest;

    void put(byte[] bytes, int from, int to, Text out) {
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

    /** No more comes: a character that has begun is none. */
    void end(Text out) {
        if (needed > 0) {
            replace(out);
        }
    }

    private void step(int b, Text out) {
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

    private void goOn(int b, Text out) {
        begun[have++] = (byte) b;
        lowest = 0x80;
        highest = 0xbf;
        if (--needed > 0) {
            return;
        }
        if (have == 2 && begun[0] == (byte) 0xc2 && b < 0xa0) {
            unicode(b, out); // a control character of eight bits
        } else {
            out.put(begun, 0, have);
        }
    }

    private void replace(Text out) {
        needed = 0;
        out.put(REPLACEMENT, 0, REPLACEMENT.length);
    }

    private static void ascii(int b, Text out) {
        switch (b) {
            case '"', '\\' -> out.put((byte) '\\').put((byte) b);
            case '\n' -> out.put((byte) '\\').put((byte) 'n');
            case '\r' -> out.put((byte) '\\').put((byte) 'r');
            case '\t' -> out.put((byte) '\\').put((byte) 't');
            default -> {
                if (b < ' ' || b == 0x7f) {
                    unicode(b, out);
                } else {
                    out.put((byte) b);
                }
            }
        }
    }

    private static void unicode(int b, Text out) {
        out.put("\\u00").put((byte) HEX.charAt(b >> 4)).put((byte) HEX.charAt(b & 0xf));
    }
}
