package dev.dyno.slug;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** The content of one open file. */
record NioFile(FileChannel channel) implements Blocks {
    /** Whether the file system can share blocks, which the JDK's transfer then does. */
    static boolean clones(Path directory) throws IOException {
        String type = Files.getFileStore(directory).type();
        return type.equals("btrfs") || type.equals("xfs") || type.equals("apfs");
    }

    /** Shares the blocks of {@code from}; returns the hash of what is in this file then. */
    byte[] clone(NioFile from, BooleanSupplier stopped) throws IOException {
        long position = 0;
        long copied;
        do {
            copied = from.channel.transferTo(position, Long.MAX_VALUE - position, channel);
            position += copied;
        } while (copied > 0);
        channel.position(0);
        return hash(stopped);
    }

    /** Copies all of {@code from} into this empty file; a long run of zeros becomes a hole. */
    byte[] copy(NioFile from, boolean hashing, BooleanSupplier stopped) throws IOException {
        Content content = Content.mine();
        if (hashing) {
            content.forgetHash();
        }
        long position = 0;
        boolean hole = false;
        int count;
        do {
            Stopped.check(stopped);
            count = from.fill(content.block);
            if (hashing) {
                content.hash(count);
            }
            hole = count == 0 ? hole : content.isHole(count);
            if (!hole && count > 0) {
                ByteBuffer bytes = content.block.clear().limit(count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes, position + bytes.position());
                }
            }
            position += count;
        } while (count == Content.BLOCK);
        if (hole) {
            // A hole at the end: one byte gives the file its size.
            channel.write(ByteBuffer.allocate(1), position - 1);
        }
        return hashing ? content.hashed() : Entry.NO_HASH;
    }

    /** Fills this empty file with the next {@code size} bytes; a long run of zeros is a hole. */
    void receive(InputStream from, long size) throws IOException {
        Content content = Content.mine();
        boolean hole = false;
        for (long position = 0; position < size; ) {
            int count = content.fill(from, size - position);
            hole = content.isHole(count);
            ByteBuffer bytes = content.block.clear().limit(hole ? 0 : count);
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
            position += count;
        }
        if (hole) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public int fill(ByteBuffer block) throws IOException {
        block.clear();
        while (block.hasRemaining() && channel.read(block) > 0) {
            // on to the end of the file or of the block
        }
        return block.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
