package dev.dyno.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The last member: the archive's entry {@code checksum} and its end. It holds the SHA-256 of all
 * bytes of the file before it, and given that hash, each of its own bytes is known.
 */
final class Seal {
    static final String NAME = "checksum";

    /** In bytes; the same for each bundle. */
    static final int LENGTH = of(new byte[32]).length;

    private Seal() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    static byte[] of(byte[] hash) {
        byte[] text = (HexFormat.of().formatHex(hash) + "\n").getBytes(StandardCharsets.US_ASCII);
        var block = new byte[4 * Header.BLOCK];
        byte[] header = Header.file(NAME, text.length).bytes();
        System.arraycopy(header, 0, block, 0, header.length);
        System.arraycopy(text, 0, block, Header.BLOCK, text.length);
        return Member.store(block);
    }
}
