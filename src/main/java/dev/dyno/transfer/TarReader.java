package dev.dyno.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what claims to be a tar archive, entry by entry, and believes none of it. */
final class TarReader {
    private static final int LONGEST_NAME = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private long left;
    private int padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * One entry.
     *
     * @param name as it stands there; empty where it is not UTF-8
     */
    record Entry(Optional<String> name, char type, boolean executable) {
        boolean isFile() {
            return type == Tar.FILE || type == 0;
        }

        boolean isDirectory() {
            return type == Tar.DIRECTORY;
        }
    }

    /**
     * The next one, after what is left of the last has been passed over; nothing at the end.
     *
     * @throws IOException where the archive ends early or is none
     */
    Optional<Entry> next() throws IOException {
        byte[] longName = null;
        while (true) {
            skip();
            byte[] header = in.readNBytes(Tar.BLOCK);
            if (header.length < Tar.BLOCK) {
                throw new EOFException("the archive is cut off");
            }
            if (isEmpty(header)) {
                return Optional.empty();
            }
            if (number(header, Tar.CHECKSUM, 8) != Tar.checksum(header)) {
                throw new IOException("no archive");
            }
            left = number(header, Tar.SIZE, 12);
            padding = Tar.padding(left);
            char type = (char) header[Tar.TYPE];
            if (type == Tar.LONG_NAME) {
                if (left > LONGEST_NAME) {
                    throw new IOException("a name is too long");
                }
                longName = in.readNBytes((int) left);
                left = 0;
                continue;
            }
            byte[] name = longName != null ? longName : name(header);
            boolean executable = (number(header, Tar.MODE, 8) & 0100) != 0;
            return Optional.of(new Entry(decode(name), type, executable));
        }
    }

    /** Copies what the last entry holds. */
    void copy(OutputStream to) throws IOException {
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the archive is cut off");
            }
            to.write(buffer, 0, count);
            left -= count;
        }
    }

    private void skip() throws IOException {
        in.skipNBytes(left + padding);
        left = 0;
        padding = 0;
    }

    private static boolean isEmpty(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] header, int at, int length) throws IOException {
        long number = 0;
        if (header[at] < 0) { // GNU's for what octal digits have no room for
            for (int i = 1; i < length; i++) {
                number = (number << 8) | (header[at + i] & 0xff);
            }
        } else {
            for (int i = at; i < at + length && header[i] != 0; i++) {
                if (header[i] != ' ') {
                    number = 8 * number + Character.digit(header[i], 8);
                }
            }
        }
        if (number < 0 || number > Long.MAX_VALUE - Tar.BLOCK) {
            throw new IOException("no archive");
        }
        return number;
    }

    /** With the prefix that POSIX's format has. */
    private static byte[] name(byte[] header) {
        int length = length(header, 0, Tar.NAME);
        boolean posix = header[Tar.MAGIC] == 'u' && header[Tar.MAGIC + 5] == 0;
        int prefix = posix ? length(header, Tar.PREFIX, Tar.PREFIX_LENGTH) : 0;
        if (prefix == 0) {
            return java.util.Arrays.copyOf(header, length);
        }
        return ByteBuffer.allocate(prefix + 1 + length)
                .put(header, Tar.PREFIX, prefix)
                .put((byte) '/')
                .put(header, 0, length)
                .array();
    }

    private static int length(byte[] bytes, int at, int most) {
        int length = 0;
        while (length < most && bytes[at + length] != 0) {
            length++;
        }
        return length;
    }

    private static Optional<String> decode(byte[] name) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(name, 0, length(name, 0, name.length)))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
