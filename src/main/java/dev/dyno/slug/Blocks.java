package dev.dyno.slug;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** The content of an open file, read block by block from where it stands. */
sealed interface Blocks extends AutoCloseable permits LinuxFile, NioFile {
    /**
     * Reads the next block.
     *
     * @return how many bytes; fewer than {@link Content#BLOCK} at the end of the file only
     */
    int fill(ByteBuffer block) throws IOException;

    /** Whether the rest of both files is the same. */
    default boolean hasSame(Blocks other, BooleanSupplier stopped) throws IOException {
        Content content = Content.mine();
        int count;
        do {
            Stopped.check(stopped);
            count = fill(content.block);
            if (other.fill(content.other()) != count || !content.isSame(count)) {
                return false;
            }
        } while (count == Content.BLOCK);
        return true;
    }

    /** Writes the rest of the file to {@code to}. */
    default void send(OutputStream to) throws IOException {
        Content content = Content.mine();
        int count;
        do {
            count = fill(content.block);
            to.write(content.bytes(count), 0, count);
        } while (count == Content.BLOCK);
    }

    /** The hash of the rest of the file. */
    default byte[] hash(BooleanSupplier stopped) throws IOException {
        Content content = Content.mine();
        content.forgetHash();
        int count;
        do {
            Stopped.check(stopped);
            count = fill(content.block);
            content.hash(count);
        } while (count == Content.BLOCK);
        return content.hashed();
    }

    @Override
    void close() throws IOException;
}
