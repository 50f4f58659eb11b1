package dev.dyno.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being put together; grows as it must. */
final class Bytes {
    private byte[] bytes;
    private int length;

    Bytes(int room) {
        bytes = new byte[room];
    }

    /** What is there, from 0 to {@link #length()}; good until something is put. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    Bytes put(int one) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) one;
        return this;
    }

    Bytes put(byte[] from, int start, int end) {
        int count = end - start;
        if (count > bytes.length - length) {
            grow(count);
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    Bytes put(byte[] from) {
        return put(from, 0, from.length);
    }

    Bytes put(Bytes from) {
        return put(from.bytes, 0, from.length);
    }

    Bytes put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
}
