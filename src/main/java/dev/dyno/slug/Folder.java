package dev.dyno.slug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An open directory, of the app or of a slug, whose entries are reached by name from its
 * descriptor, so that nobody can lead us elsewhere by swapping a directory above (reliability.md
 * S05); no link is followed. Failures are the exceptions NIO has for them.
 */
public abstract sealed class Folder implements AutoCloseable permits NioFolder, LinuxFolder {
    /**
     * @param nativeAtHand whether the C library may be called, which costs 25 ms the first time
     */
    public static Folder open(Path path, boolean nativeAtHand) throws IOException {
        return nativeAtHand && LinuxFolder.available() ? LinuxFolder.at(path) : NioFolder.at(path);
    }

    /** All names but {@code .} and {@code ..}; to be called once. */
    public abstract List<byte[]> names() throws IOException;

    /** The directory itself. */
    public abstract Stat stat() throws IOException;

    public abstract Stat stat(byte[] name) throws IOException;

    public abstract Folder open(byte[] name) throws IOException;

    public abstract byte[] readLink(byte[] name) throws IOException;

    /** Makes a directory, open to its owner only for now, and opens it. */
    public abstract Folder make(byte[] name) throws IOException;

    public abstract void makeLink(byte[] target, byte[] name, long mtime) throws IOException;

    /** A second name for a file of another folder of the same kind. */
    abstract void share(Folder from, byte[] name) throws IOException;

    /** The last thing done to a directory that was made: the mode may forbid writing. */
    public abstract void finish(int permissions, long mtime) throws IOException;

    public abstract void delete(byte[] name) throws IOException;

    /** Removes an empty directory. */
    public abstract void deleteDirectory(byte[] name) throws IOException;

    /** Moves an entry into another folder of the same kind, in place of a file of that name. */
    public abstract void move(byte[] name, Folder to, byte[] newName) throws IOException;

    /**
     * Whether it is an overlay's upper directory that hides all of the one below it: the kernel's
     * mark, which it sets as {@code trusted.overlay.opaque} or, for an ordinary user, as {@code
     * user.overlay.opaque}.
     */
    public abstract boolean isOpaque() throws IOException;

    /** A file's content as a stream. */
    public abstract InputStream read(byte[] name) throws IOException;

    /** Whether a file has the same content as that of this name in another folder of the kind. */
    public abstract boolean hasSame(byte[] name, Folder other, BooleanSupplier stopped)
            throws IOException;

    /** SHA-256 of a file's content. */
    final byte[] hash(byte[] name, BooleanSupplier stopped) throws IOException {
        try (Blocks file = file(name)) {
            return file.hash(stopped);
        }
    }

    /** Opens a file to be read. */
    abstract Blocks file(byte[] name) throws IOException;

    /**
     * Copies a file of another folder of the same kind; its permissions and mtime come along.
     *
     * @param hashing whether the hash is wanted; else it is empty
     * @return what the source was before and after, and the copy
     */
    abstract Copied copy(Folder from, byte[] name, boolean hashing, BooleanSupplier stopped)
            throws IOException;

    /** As above, of a file that nobody writes to. */
    public final void copy(Folder from, byte[] name) throws IOException {
        copy(from, name, false, () -> false);
    }

    /** Writes all of a file's content to {@code to}. */
    public final void send(byte[] name, OutputStream to) throws IOException {
        try (Blocks file = file(name)) {
            file.send(to);
        }
    }

    /**
     * Makes a file of the next {@code size} bytes; it is a new one, or it fails. A long run of
     * zeros becomes a hole.
     *
     * @param mtime nanoseconds since 1970
     * @throws java.io.EOFException where there are fewer bytes
     */
    public abstract void receive(
            byte[] name, InputStream content, long size, int permissions, long mtime)
            throws IOException;

    @Override
    public abstract void close();

    /** A file that was copied. */
    static final class Copied {
        final Stat before;
        final Stat copy;
        final byte[] hash;
        private final Stat after;

        Copied(Stat before, Stat after, Stat copy, byte[] hash) {
            this.before = before;
            this.after = after;
            this.copy = copy;
            this.hash = hash;
        }

        /** Nobody wrote to it meanwhile. */
        boolean isWhole() {
            return before.isSame(after) && copy.size() == before.size();
        }
    }
}
