package dev.dyno.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put one behind the other, to be written all at once; grows as it must. */
public final class Bytes {
    private byte[] bytes;
    private int length;

    public Bytes(int room) {
        bytes = new byte[room];
    }

    /** What is there, from 0 to {@link #length()}; good until something is put. */
    public byte[] array() {
        return bytes;
    }

    /** What is there, to be read before more is put. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Forgets all but the first {@code kept} bytes. */
    public void cut(int kept) {
        length = kept;
    }

    public Bytes put(int one) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) one;
        return this;
    }

    public Bytes put(byte[] from, int start, int end) {
        int count = end - start;
        if (count > bytes.length - length) {
            grow(count);
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    public Bytes put(byte[] from) {
        return put(from, 0, from.length);
    }

    public Bytes put(Bytes from) {
        return put(from.bytes, 0, from.length);
    }

    public Bytes put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
}
