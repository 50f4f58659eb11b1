package dev.dyno.limit;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The small files by which the kernel answers and takes orders, below /proc and /sys/fs/cgroup. One
 * buffer is used again and again, so a reader belongs to one thread at a time.
 */
final class KernelFile {
    private static final int USUAL = 4096;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** Reads it whole; false where there is none, no longer, or not for us. */
    boolean read(String path) {
        length = 0;
        try (var in = new FileInputStream(path)) {
            int count;
            while ((count = in.read(bytes, length, bytes.length - length)) > 0) {
                length += count;
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What was read last. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    int length() {
        return length;
    }

    byte at(int place) {
        return bytes[place];
    }

    /** The number that starts at {@code place} or after blanks there; 0 where there is none. */
    long number(int place) {
        int at = place;
        while (at < length && bytes[at] == ' ') {
            at++;
        }
        long number = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            number = 10 * number + (bytes[at++] - '0');
        }
        return number;
    }

    /** The number on the line that begins with {@code key}; 0 where there is no such line. */
    long valueOf(String key) {
        int line = 0;
        while (line < length) {
            if (startsWith(line, key)) {
                return number(line + key.length());
            }
            while (line < length && bytes[line] != '\n') {
                line++;
            }
            line++;
        }
        return 0;
    }

    private boolean startsWith(int place, String key) {
        if (place + key.length() > length) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (bytes[place + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Gives an order, by one write; such a file is never made, only there or not. */
    static void write(String path, String order) throws IOException {
        try (var out = new FileOutputStream(path)) {
            out.write(order.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
