package dev.dyno.slug;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one regular file. Where the file system can share blocks (btrfs, xfs) the kernel
 * clones them; elsewhere a long run of zeros is not written, so that a sparse file stays sparse
 * (the JDK's own copy inflates it, sandbox.md 1c).
 */
final class FileCopy {
    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int BLOCK = 1 << 16;

    private @Nullable Boolean clones;
    private @Nullable ByteBuffer block;
    private @Nullable ByteBuffer zeros;

    void copy(SecureDirectoryStream<Path> from, Path name, Path to, BasicFileAttributes attributes)
            throws IOException {
        try (SeekableByteChannel in = from.newByteChannel(name, READ);
                FileChannel out = FileChannel.open(to, WRITE)) {
            if (attributes.size() > BLOCK && !clones(to)) {
                copyBlocks(in, out);
            } else {
                copyWhole((FileChannel) in, out);
            }
        }
    }

    private static void copyWhole(FileChannel in, FileChannel out) throws IOException {
        long position = 0;
        long copied;
        while ((copied = in.transferTo(position, Long.MAX_VALUE - position, out)) > 0) {
            position += copied;
        }
    }

    private void copyBlocks(SeekableByteChannel in, FileChannel out) throws IOException {
        if (block == null) {
            block = ByteBuffer.allocateDirect(BLOCK);
            zeros = ByteBuffer.allocateDirect(BLOCK);
        }
        ByteBuffer buffer = block;
        ByteBuffer zero = java.util.Objects.requireNonNull(zeros);
        long position = 0;
        boolean hole = false;
        buffer.clear();
        while (in.read(buffer) > 0) {
            buffer.flip();
            zero.clear().limit(buffer.remaining());
            hole = buffer.mismatch(zero) < 0;
            if (hole) {
                position += buffer.remaining();
            }
            while (!hole && buffer.hasRemaining()) {
                position += out.write(buffer, position);
            }
            buffer.clear();
        }
        if (hole) {
            // A hole at the end: one byte gives the file its size.
            out.write(ByteBuffer.allocate(1), position - 1);
        }
    }

    private boolean clones(Path to) throws IOException {
        if (clones == null) {
            String type = Files.getFileStore(to.getParent()).type();
            clones = type.equals("btrfs") || type.equals("xfs") || type.equals("apfs");
        }
        return clones;
    }
}
