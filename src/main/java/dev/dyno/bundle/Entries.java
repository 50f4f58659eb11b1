package dev.dyno.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads entries of a tar archive, one at a time: the contents of each, whole, before the next. */
final class Entries {
    private final InputStream in;
    private final Bounds bounds;
    private @Nullable Header header;
    private long left;

    Entries(InputStream in, Bounds bounds) throws IOException {
        this.in = in;
        this.bounds = bounds;
        advance();
    }

    /** The one it stands at; null at the end. */
    @Nullable Header header() {
        return header;
    }

    /** Its name; empty at the end. What is not ASCII is none of dyno's own. */
    String name() {
        return header == null ? "" : new String(header.name(), StandardCharsets.ISO_8859_1);
    }

    /** Its contents. */
    InputStream contents() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (left == 0) {
                    return -1;
                }
                int some = in.read(bytes, offset, (int) Math.min(count, left));
                if (some < 0) {
                    throw new Damaged("it is cut off");
                }
                left -= some;
                return some;
            }
        };
    }

    /** Goes on to the next, when all of this one has been read. */
    void advance() throws IOException {
        int padding = header == null ? 0 : Header.padding(header.size());
        byte[] rest = in.readNBytes(padding);
        boolean zeros = rest.length == padding;
        for (byte each : rest) {
            zeros &= each == 0;
        }
        if (left != 0 || !zeros) {
            throw new Damaged("it is no whole bundle");
        }
        header = Header.read(in);
        left = header == null ? 0 : header.size();
        if (header != null) {
            bounds.entry(left);
        }
    }

    /**
     * Reads one of dyno's own entries and goes on.
     *
     * @throws Damaged where it is another, or longer than {@code most}
     */
    byte[] take(String name, int most) throws IOException {
        if (!name().equals(name)) {
            throw new Damaged("it has no " + name);
        }
        if (left > most) {
            throw new Damaged("its " + name + " is too long");
        }
        byte[] bytes = contents().readAllBytes();
        advance();
        return bytes;
    }
}
