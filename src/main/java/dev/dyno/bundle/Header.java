package dev.dyno.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an entry of a tar archive, in the one form in which it is written here, that
 * of GNU tar: no owner, and no type but file, directory and symbolic link. What has another form is
 * none, so that a hard link, a device or a setuid bit cannot be said.
 */
final class Header {
    static final int BLOCK = 512;
    static final char FILE = '0';
    static final char LINK = '2';
    static final char DIRECTORY = '5';

    private static final char LONG_NAME = 'L';
    private static final char LONG_LINK = 'K';
    private static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int USER = 108;
    private static final int GROUP = 116;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int SUM = 148;
    private static final int TYPE = 156;
    private static final int TARGET = 157;
    private static final int MAGIC = 257;

    /** A name of 255 bytes in each of as many directories as there may be one in another. */
    private static final int LONGEST = 256 * (TreeOut.DEEPEST + 1);

    private static final long LARGEST_OCTAL = (1L << 33) - 1;

    private final byte[] name;
    private final char type;
    private final int permissions;
    private final long size;
    private final long time;
    private final byte[] target;

    /**
     * @param time of the last change in seconds since 1970; outside of what tar can say the nearest
     * @param target of a symbolic link, else empty
     */
    Header(byte[] name, char type, int permissions, long size, long time, byte[] target) {
        this.name = name;
        this.type = type;
        this.permissions = permissions;
        this.size = size;
        this.time = Math.clamp(time, 0, LARGEST_OCTAL);
        this.target = target;
    }

    /** Of a file that is dyno's own and not the app's. */
    static Header file(String name, long size) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        return new Header(bytes, FILE, 0600, size, 0, new byte[0]);
    }

    byte[] name() {
        return name;
    }

    char type() {
        return type;
    }

    int permissions() {
        return permissions;
    }

    /** Of what follows the header, in bytes. */
    long size() {
        return size;
    }

    long time() {
        return time;
    }

    byte[] target() {
        return target;
    }

    /** How many bytes follow contents of this size up to the next block. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream(BLOCK);
        addLong(bytes, LONG_NAME, name);
        addLong(bytes, LONG_LINK, target);
        bytes.writeBytes(block(name, type, permissions, size, time, target));
        return bytes.toByteArray();
    }

    private static void addLong(ByteArrayOutputStream to, char type, byte[] text) {
        if (text.length > NAME_LENGTH) {
            byte[] link = "././@LongLink".getBytes(StandardCharsets.US_ASCII);
            int size = text.length + 1;
            to.writeBytes(block(link, type, 0, size, 0, new byte[0]));
            to.writeBytes(Arrays.copyOf(text, size + padding(size)));
        }
    }

    private static byte[] block(
            byte[] name, char type, int permissions, long size, long time, byte[] target) {
        var block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME_LENGTH));
        octal(block, MODE, 7, permissions);
        octal(block, USER, 7, 0);
        octal(block, GROUP, 7, 0);
        if (size <= LARGEST_OCTAL) {
            octal(block, SIZE, 11, size);
        } else {
            block[SIZE] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                block[SIZE + 11 - i] = (byte) (size >>> (8 * i));
            }
        }
        octal(block, TIME, 11, time);
        block[TYPE] = (byte) type;
        System.arraycopy(target, 0, block, TARGET, Math.min(target.length, NAME_LENGTH));
        byte[] magic = "ustar  ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, block, MAGIC, magic.length);
        Arrays.fill(block, SUM, SUM + 8, (byte) ' ');
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        octal(block, SUM, 6, sum);
        block[SUM + 6] = 0;
        return block;
    }

    private static void octal(byte[] block, int at, int digits, long value) {
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            block[at + i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    /**
     * Reads the next one; null at the end of what there is.
     *
     * @throws Damaged where it is not what {@link #bytes} makes
     */
    static @Nullable Header read(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream(BLOCK);
        byte[] longName = null;
        byte[] longTarget = null;
        while (true) {
            byte[] block = in.readNBytes(BLOCK);
            if (block.length == 0 && all.size() == 0) {
                return null;
            }
            if (block.length < BLOCK) {
                throw new Damaged("it is cut off");
            }
            all.writeBytes(block);
            char type = (char) (block[TYPE] & 0xff);
            if (type == LONG_NAME || type == LONG_LINK) {
                byte[] text = text(in, all, size(block));
                longName = type == LONG_NAME ? text : longName;
                longTarget = type == LONG_LINK ? text : longTarget;
                if (all.size() > 4 * LONGEST) {
                    throw new Damaged("a name in it is too long");
                }
                continue;
            }
            var header =
                    new Header(
                            longName != null ? longName : string(block, 0),
                            type,
                            (int) octal(block, MODE, 7),
                            size(block),
                            octal(block, TIME, 11),
                            longTarget != null ? longTarget : string(block, TARGET));
            header.check(all.toByteArray());
            return header;
        }
    }

    private static byte[] text(InputStream in, ByteArrayOutputStream all, long size)
            throws IOException {
        if (size < 1 || size > LONGEST) {
            throw new Damaged("a name in it is too long");
        }
        byte[] text = in.readNBytes((int) size + padding(size));
        all.writeBytes(text);
        return Arrays.copyOf(text, (int) size - 1);
    }

    private void check(byte[] read) throws Damaged {
        boolean plain = type == FILE || (size == 0 && (type == DIRECTORY || type == LINK));
        if (!plain || permissions > 0777 || (type == LINK) != (target.length > 0)) {
            throw new Damaged("it has an entry that is neither file, directory nor symbolic link");
        }
        if (hasNul(name) || hasNul(target)) {
            throw new Damaged("a name in it leads elsewhere, or is none");
        }
        if (!Arrays.equals(read, bytes())) {
            throw new Damaged("it has an entry that no dyno writes");
        }
    }

    private static boolean hasNul(byte[] text) {
        for (byte each : text) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[] string(byte[] block, int at) {
        int length = 0;
        while (length < NAME_LENGTH && block[at + length] != 0) {
            length++;
        }
        return Arrays.copyOfRange(block, at, at + length);
    }

    private static long size(byte[] block) {
        if (block[SIZE] >= 0) {
            return octal(block, SIZE, 11);
        }
        long size = 0;
        for (int i = 4; i < 12; i++) {
            size = (size << 8) | (block[SIZE + i] & 0xff);
        }
        return Math.max(0, size);
    }

    /** What is no number is found out when all is compared. */
    private static long octal(byte[] block, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            number = 8 * number + (block[i] & 7);
        }
        return number;
    }
}
