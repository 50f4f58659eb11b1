package dev.dyno.slug;

import dev.dyno.process.LinuxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The content of one open file. */
final class LinuxFile implements Blocks {
    private final int fd;
    private final byte[] name;

    /**
     * @param name to be told where something fails
     */
    LinuxFile(int fd, byte[] name) {
        this.fd = fd;
        this.name = name;
    }

    int fd() {
        return fd;
    }

    /**
     * Copies all of {@code from} into this empty file. Blocks are shared where the file system can
     * (btrfs, xfs); elsewhere a long run of zeros is not written, so that a sparse file stays
     * sparse.
     *
     * @param clones whether sharing is still worth a try
     * @return the hash of what is in this file now
     */
    byte[] copy(
            LinuxFile from,
            long size,
            boolean hashing,
            AtomicBoolean clones,
            BooleanSupplier stopped)
            throws IOException {
        if (size > Content.BLOCK && clones.get()) {
            if (LinuxFiles.clone(from.fd, fd)) {
                return hashing ? hash(stopped) : Entry.NO_HASH;
            }
            clones.set(false);
        }
        Content content = Content.mine();
        if (hashing) {
            content.forgetHash();
        }
        boolean hole = false;
        long position = 0;
        int count;
        do {
            Stopped.check(stopped);
            count = from.fill(content.block);
            if (hashing) {
                content.hash(count);
            }
            if (count > 0) {
                hole = content.isHole(count);
                write(content.block, count, hole);
                position += count;
            }
        } while (count == Content.BLOCK);
        if (hole && !LinuxFiles.truncate(fd, position)) {
            throw LinuxFolder.failure(name);
        }
        return hashing ? content.hashed() : Entry.NO_HASH;
    }

    /** Fills this empty file with the next {@code size} bytes; holes as above. */
    void receive(InputStream from, long size) throws IOException {
        Content content = Content.mine();
        boolean hole = false;
        for (long left = size; left > 0; ) {
            int count = content.fill(from, left);
            hole = content.isHole(count);
            write(content.block, count, hole);
            left -= count;
        }
        if (hole && !LinuxFiles.truncate(fd, size)) {
            throw LinuxFolder.failure(name);
        }
    }

    private void write(ByteBuffer block, int count, boolean hole) throws IOException {
        if (hole && LinuxFiles.skip(fd, count)) {
            return;
        }
        long address = LinuxFiles.address(block);
        for (int written = 0; written < count; ) {
            int more = LinuxFiles.write(fd, address + written, count - written);
            written += LinuxFolder.checked(more, name);
        }
    }

    /** The rest of it; closes it in the end. */
    InputStream stream() {
        return new InputStream() {
            private final ByteBuffer block = LinuxFiles.buffer(Content.BLOCK).limit(0);

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0 && !block.hasRemaining()) {
                    long address = LinuxFiles.address(block);
                    int count = LinuxFiles.read(fd, address, Content.BLOCK);
                    block.clear().limit(LinuxFolder.checked(count, name));
                    if (count == 0) {
                        return -1;
                    }
                }
                int count = Math.min(length, block.remaining());
                block.get(bytes, offset, count);
                return count;
            }

            @Override
            public void close() {
                LinuxFile.this.close();
            }
        };
    }

    @Override
    public int fill(ByteBuffer block) throws IOException {
        long address = LinuxFiles.address(block);
        int count = 0;
        int more;
        do {
            more = LinuxFiles.read(fd, address + count, Content.BLOCK - count);
            count += LinuxFolder.checked(more, name);
        } while (more > 0 && count < Content.BLOCK);
        return count;
    }

    @Override
    public void close() {
        LinuxFiles.closeFile(fd);
    }
}
