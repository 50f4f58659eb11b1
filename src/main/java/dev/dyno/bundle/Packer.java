package dev.dyno.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** The archive's bytes, packed into members and sealed. The same bytes make the same file. */
final class Packer extends OutputStream {
    private final OutputStream to;
    private final Relay relay = new Relay();
    private final MessageDigest digest = Seal.digest();
    private byte[] block = new byte[Member.BLOCK];
    private int length;

    Packer(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int more = Math.min(count - done, block.length - length);
            System.arraycopy(bytes, offset + done, block, length, more);
            length += more;
            done += more;
            if (length == block.length) {
                pack();
            }
        }
    }

    private void pack() throws IOException {
        if (relay.isFull()) {
            put(relay.take());
        }
        byte[] full = block;
        int count = length;
        relay.add(() -> Member.pack(full, count));
        block = new byte[Member.BLOCK];
        length = 0;
    }

    private void put(byte[] member) throws IOException {
        digest.update(member);
        to.write(member);
    }

    /** Writes what is left, and the seal. */
    void seal() throws IOException {
        if (length > 0) {
            pack();
        }
        while (!relay.isEmpty()) {
            put(relay.take());
        }
        to.write(Seal.of(digest.digest()));
        to.flush();
    }

    /** Lets go of its threads; what it writes to stays open. */
    @Override
    public void close() {
        relay.close();
    }
}
