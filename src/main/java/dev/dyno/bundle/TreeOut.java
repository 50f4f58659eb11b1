package dev.dyno.bundle;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as entries: siblings in the order of their names' bytes, a directory before what it
 * holds, as a slug's id counts them. Of an overlay's upper layer the kernel's marks become a list
 * of deleted paths.
 */
final class TreeOut {
    /** How deep directories may be nested. */
    static final int DEEPEST = 500;

    private final @Nullable Archive archive;
    private final String prefix;
    private final boolean layer;
    private final Bounds bounds;
    private final ByteArrayOutputStream deleted = new ByteArrayOutputStream();
    private long entries;
    private long bytes;
    private int leftOut;

    /**
     * @param archive null to count only
     * @param layer whether it is an upper layer
     */
    TreeOut(@Nullable Archive archive, String prefix, boolean layer, Bounds bounds) {
        this.archive = archive;
        this.prefix = prefix;
        this.layer = layer;
        this.bounds = bounds;
    }

    /** How many entries there were, with the root. */
    long entries() {
        return entries;
    }

    /** How many bytes the files had. */
    long bytes() {
        return bytes;
    }

    /** How many of a layer could not be read, or are neither file, directory nor link. */
    int leftOut() {
        return leftOut;
    }

    /** Paths that the layer hides, with a NUL behind each. */
    byte[] deleted() {
        return deleted.toByteArray();
    }

    void write(Folder root) throws IOException {
        byte[] path = prefix.getBytes(StandardCharsets.US_ASCII);
        add(path, Header.DIRECTORY, root.stat(), new byte[0], to -> {});
        directory(root, path, 1);
    }

    private void directory(Folder folder, byte[] path, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new Damaged("directories in it are nested deeper than " + DEEPEST);
        }
        List<byte[]> names = folder.names();
        names.sort(Arrays::compareUnsigned);
        for (byte[] name : names) {
            byte[] below = joined(path, name);
            Stat stat = folder.stat(name);
            if (stat.isDirectory()) {
                below(folder, name, stat, below, depth);
            } else if (stat.isLink()) {
                add(below, Header.LINK, stat, folder.readLink(name), to -> {});
            } else if (stat.isFile()) {
                file(folder, name, stat, below);
            } else if (layer && stat.isCharacters()) {
                delete(below);
            } else {
                leftOut++;
            }
        }
    }

    private void below(Folder folder, byte[] name, Stat stat, byte[] path, int depth)
            throws IOException {
        Folder opened;
        try {
            opened = folder.open(name);
        } catch (AccessDeniedException e) {
            leaveOut(e);
            return;
        }
        try (Folder inside = opened) {
            if (layer && inside.isOpaque()) {
                delete(path);
            }
            byte[] slashed = joined(path, new byte[] {'/'});
            add(slashed, Header.DIRECTORY, stat, new byte[0], to -> {});
            directory(inside, slashed, depth + 1);
        }
    }

    private void file(Folder folder, byte[] name, Stat stat, byte[] path) throws IOException {
        if (layer) {
            try {
                folder.read(name).close();
            } catch (AccessDeniedException e) {
                leaveOut(e);
                return;
            }
        }
        add(path, Header.FILE, stat, new byte[0], to -> folder.send(name, to));
    }

    private void leaveOut(AccessDeniedException e) throws AccessDeniedException {
        if (!layer) {
            throw e;
        }
        leftOut++;
    }

    private void delete(byte[] path) {
        deleted.write(path, prefix.length(), path.length - prefix.length());
        deleted.write(0);
    }

    private void add(byte[] path, char type, Stat stat, byte[] target, Archive.Contents contents)
            throws IOException {
        long size = type == Header.FILE ? stat.size() : 0;
        int permissions = type == Header.LINK ? 0777 : stat.permissions();
        long seconds = Math.floorDiv(stat.mtime(), 1_000_000_000L);
        entries++;
        bytes += size;
        bounds.entry(size);
        if (archive != null) {
            archive.add(new Header(path, type, permissions, size, seconds, target), contents);
        }
    }

    private static byte[] joined(byte[] path, byte[] name) {
        byte[] joined = Arrays.copyOf(path, path.length + name.length);
        System.arraycopy(name, 0, joined, path.length, name.length);
        return joined;
    }
}
