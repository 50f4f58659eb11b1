package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a release command wrote, taken from its dyno's log. */
final class PhaseOutput {
    /** {@code 2024-10-17T22:23:22.209776+00:00}. */
    private static final int TIMESTAMP = 32;

    private static final int BLOCK = 1 << 16;

    private PhaseOutput() {}

    /** Copies the lines its programs wrote, without what the log puts before them. */
    static void copy(Path log, DynoName dyno, Path to) throws IOException {
        byte[] source = (" app[" + dyno + "]: ").getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(log);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), BLOCK)) {
            var bytes = new byte[BLOCK];
            int length = 0;
            for (int count = in.read(bytes); count > 0; ) {
                length += count;
                int rest = lines(source, bytes, length, out);
                length -= rest;
                System.arraycopy(bytes, rest, bytes, 0, length);
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                count = in.read(bytes, length, bytes.length - length);
            }
        }
    }

    /** Copies the whole lines there are, and tells where they end. */
    private static int lines(byte[] source, byte[] bytes, int length, OutputStream out)
            throws IOException {
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                int text = start + TIMESTAMP + source.length;
                if (text <= at && isFrom(source, bytes, start + TIMESTAMP)) {
                    out.write(bytes, text, at + 1 - text);
                }
                start = at + 1;
            }
        }
        return start;
    }

    private static boolean isFrom(byte[] source, byte[] bytes, int at) {
        return Arrays.equals(source, 0, source.length, bytes, at, at + source.length);
    }
}
