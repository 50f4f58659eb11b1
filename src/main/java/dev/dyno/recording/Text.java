package dev.dyno.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put one behind the other, and then written all at once. */
final class Text {
    private byte[] bytes;
    private int length;

    Text(int room) {
        bytes = new byte[room];
    }

    Text put(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = b;
        return this;
    }

    Text put(byte[] from, int start, int end) {
        int count = end - start;
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, length * 2));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    Text put(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return put(all, 0, all.length);
    }

    int length() {
        return length;
    }

    /** Forgets all but the first {@code kept} bytes. */
    void cut(int kept) {
        length = kept;
    }

    /** What was put, to be read before more is. */
    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
