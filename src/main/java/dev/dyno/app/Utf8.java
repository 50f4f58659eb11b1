package dev.dyno.app;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file: strict UTF-8, at most a byte order mark before it, and no NUL within. */
final class Utf8 {
    static final String NUL = "NUL character";
    static final String INVALID = "not valid UTF-8";

    private Utf8() {}

    /** Empty, with an error found, where there is no such text. */
    static String decode(byte[] content, Findings findings) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            findings.error(INVALID);
            return "";
        }
        if (text.indexOf('\0') >= 0) {
            findings.error(NUL);
            return "";
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == WhiteSpace.BYTE_ORDER_MARK;
        return marked ? text.substring(1) : text;
    }

    /** Half a surrogate pair, which only a JSON escape can write, has no UTF-8. */
    static boolean canEncode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
