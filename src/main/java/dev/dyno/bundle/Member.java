package dev.dyno.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A block of the archive as a gzip member of its own, so that several are packed at the same time
 * and {@code gzip -d} reads them all (RFC 1952). Its header says in an extra field how long it is;
 * apart from that it has but one form.
 */
final class Member {
    /** How much of the archive is in each but the last. */
    static final int BLOCK = 1 << 20;

    /** No member is longer: what cannot be packed is stored. */
    static final int LONGEST = BLOCK + (BLOCK >> 8) + 1024;

    static final int HEADER = 20;
    private static final int TRAILER = 8;
    private static final int SIZE = 16;
    private static final byte[] MAGIC = {
        0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 8, 0, 'D', 'Y', 4, 0
    };

    /** Of 1 to 9: beyond it the file gets little smaller and takes much longer. */
    private static final int LEVEL = 3;

    private Member() {}

    /** Whether a file that begins with these bytes may be a bundle. */
    static boolean isHeader(byte[] bytes) {
        return bytes.length >= HEADER && Arrays.equals(bytes, 0, SIZE, MAGIC, 0, SIZE);
    }

    /**
     * How long the member is that begins with this header.
     *
     * @throws Damaged where that is none, or none that is written here
     */
    static int length(byte[] header) throws Damaged {
        int length = isHeader(header) ? little(header).getInt(SIZE) : 0;
        if (length <= HEADER + TRAILER || length > LONGEST) {
            throw new Damaged("it is no whole bundle");
        }
        return length;
    }

    static byte[] pack(byte[] block, int length) {
        var member = new byte[LONGEST];
        try (var deflater = new Deflater(LEVEL, true)) {
            deflater.setInput(block, 0, length);
            deflater.finish();
            int end = HEADER;
            while (!deflater.finished()) {
                end += deflater.deflate(member, end, LONGEST - TRAILER - end);
            }
            return finish(member, end, block, length);
        }
    }

    /** One that is not compressed: of these bytes there is one member only. */
    static byte[] store(byte[] block) {
        int end = HEADER + 5 + block.length;
        var member = new byte[end + TRAILER];
        little(member)
                .position(HEADER)
                .put((byte) 1)
                .putShort((short) block.length)
                .putShort((short) ~block.length)
                .put(block);
        return finish(member, end, block, block.length);
    }

    private static byte[] finish(byte[] member, int end, byte[] block, int length) {
        System.arraycopy(MAGIC, 0, member, 0, SIZE);
        little(member)
                .putInt(SIZE, end + TRAILER)
                .putInt(end, sum(block, length))
                .putInt(end + 4, length);
        return Arrays.copyOf(member, end + TRAILER);
    }

    /**
     * What is in a whole member.
     *
     * @throws Damaged also for one that holds more than a block
     */
    static byte[] unpack(byte[] member) throws Damaged {
        int length = little(member).getInt(member.length - 4);
        if (length < 1 || length > BLOCK) {
            throw new Damaged("it is no whole bundle");
        }
        var block = new byte[length];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(member, HEADER, member.length - HEADER - TRAILER);
            int end = 0;
            while (end < length) {
                int count = inflater.inflate(block, end, length - end);
                if (count == 0) {
                    throw new Damaged("it is no whole bundle");
                }
                end += count;
            }
            boolean more = inflater.inflate(new byte[1]) > 0;
            if (more
                    || !inflater.finished()
                    || inflater.getRemaining() > 0
                    || sum(block, length) != little(member).getInt(member.length - TRAILER)) {
                throw new Damaged("it is no whole bundle");
            }
            return block;
        } catch (DataFormatException e) {
            throw new Damaged("it is no whole bundle");
        }
    }

    private static int sum(byte[] block, int length) {
        var sum = new CRC32();
        sum.update(block, 0, length);
        return (int) sum.getValue();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
