package dev.dyno.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of a log, which has one writer. When it has become too long, its last lines are copied
 * to a new file, which takes its name by a rename, and what comes next is added to that. The old
 * one is never written to again, so that whoever holds it open can read it to its end.
 */
final class TrimmedFile extends OutputStream {
    private static final int BLOCK = 1 << 16;

    private final Path path;
    private final Retention retention;
    private OutputStream file;
    private long size;
    private long allowed;

    /** The file at this path, which is there; it is trimmed at the first write, not before. */
    TrimmedFile(Path path, Retention retention) throws IOException {
        this.path = path;
        this.retention = retention;
        this.file = appender(path);
        this.size = Files.size(path);
        this.allowed = retention.longest();
    }

    /** Makes a file for its owner alone. */
    static void create(Path path) throws IOException {
        // Not from "rw-------": that is an EnumSet, which costs a cold start 8 ms of reflection.
        var ownerOnly = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
    }

    // Not a FileChannel of our own: an interrupted thread would close that for good.
    static OutputStream appender(Path path) throws IOException {
        return Files.newOutputStream(
                path,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] lines, int from, int length) throws IOException {
        if (size > allowed) {
            trim();
        }
        file.write(lines, from, length);
        size += length;
    }

    /** A full disk, for instance, leaves all as it is until the log has grown some more. */
    private void trim() {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.deleteIfExists(part); // of a writer that was killed
            create(part);
            OutputStream next = appender(part);
            long kept;
            try {
                kept = copyKept(next);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                next.close();
                throw e;
            }
            goOnWith(next, kept);
        } catch (IOException e) {
            allowed = size + retention.kept();
            abandon(part);
        }
    }

    private void goOnWith(OutputStream next, long kept) {
        OutputStream before = file;
        file = next;
        size = kept;
        allowed = retention.longest();
        try {
            before.close();
        } catch (IOException e) {
            // Its lines are in the new file.
        }
    }

    private static void abandon(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The next trim tries again.
        }
    }

    /** Nothing where somebody has removed the file: then the log begins anew. */
    private long copyKept(OutputStream to) throws IOException {
        long copied = 0;
        try {
            long found = StoredLog.regular(path).size();
            try (InputStream from =
                    new BufferedInputStream(
                            Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), BLOCK)) {
                retention.skipTo(from, found);
                byte[] block = new byte[BLOCK];
                for (int count = from.read(block); count > 0; count = from.read(block)) {
                    to.write(block, 0, count);
                    copied += count;
                }
            }
        } catch (NoSuchFileException e) {
            // None of it can be had.
        }
        return copied;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
