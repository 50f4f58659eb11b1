package dev.dyno.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The archive's bytes, out of the members of a file; some are unpacked ahead. */
final class Unpacker extends InputStream {
    private final InputStream from;
    private final Bounds bounds;
    private final Relay relay = new Relay();
    private long left;
    private byte[] block = new byte[0];
    private int position;
    private boolean last;

    /**
     * @param length of the members, without the seal
     */
    Unpacker(InputStream from, long length, Bounds bounds) {
        this.from = from;
        this.left = length;
        this.bounds = bounds;
    }

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
        if (position == block.length && !next()) {
            return -1;
        }
        int some = Math.min(count, block.length - position);
        System.arraycopy(block, position, bytes, offset, some);
        position += some;
        return some;
    }

    private boolean next() throws IOException {
        while (left > 0 && !relay.isFull()) {
            byte[] member = member();
            relay.add(() -> Member.unpack(member));
        }
        if (relay.isEmpty()) {
            return false;
        }
        if (last) {
            throw new Damaged("it is no whole bundle"); // only the last block is shorter
        }
        block = relay.take();
        position = 0;
        last = block.length < Member.BLOCK;
        bounds.unpacked(block);
        return true;
    }

    private byte[] member() throws IOException {
        byte[] header = read(new byte[Member.HEADER], 0);
        int length = Member.length(header);
        return read(Arrays.copyOf(header, length), Member.HEADER);
    }

    private byte[] read(byte[] bytes, int start) throws IOException {
        int count = bytes.length - start;
        left -= count;
        if (left < 0 || from.readNBytes(bytes, start, count) < count) {
            throw new Damaged("it is cut off");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        relay.close();
        from.close();
    }
}
