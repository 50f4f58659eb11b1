package dev.dyno.bundle;

import dev.dyno.slug.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Makes a tree of the entries that {@link TreeOut} writes, in their order. Each is made by its name
 * in a directory that was made here and is held open, so no link is ever followed; each name is
 * greater than the one before it in the same directory, so none comes twice.
 */
final class TreeIn implements AutoCloseable {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TARGET = 4095;
    private static final long SECOND = 1_000_000_000;

    private final String prefix;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private long entries;
    private long bytes;

    /** A directory that is being filled. */
    private static final class Level {
        private final Folder folder;
        private final Header header;
        private byte[] last = new byte[0];

        Level(Folder folder, Header header) {
            this.folder = folder;
            this.header = header;
        }
    }

    /**
     * @param prefix what stands before each path, with a slash
     */
    TreeIn(String prefix) {
        this.prefix = prefix;
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Takes all entries that begin with the prefix.
     *
     * @param root an empty directory
     */
    void takeAll(Entries from, Path root) throws IOException {
        Header first = from.header();
        if (first == null
                || first.type() != Header.DIRECTORY
                || !Arrays.equals(first.name(), prefix.getBytes(StandardCharsets.US_ASCII))) {
            throw new Damaged("it has no " + prefix);
        }
        levels.push(new Level(Folder.open(root, true), first));
        entries++;
        from.advance();
        for (Header next = from.header();
                next != null && from.name().startsWith(prefix);
                next = from.header()) {
            take(next, from.contents());
            from.advance();
        }
        while (!levels.isEmpty()) {
            finish();
        }
    }

    private void take(Header header, InputStream contents) throws IOException {
        boolean directory = header.type() == Header.DIRECTORY;
        byte[] path = header.name();
        int end = directory ? path.length - 1 : path.length;
        if (directory != (path[path.length - 1] == '/') || end < prefix.length()) {
            throw new Damaged("a name in it leads elsewhere, or is none");
        }
        int start = end;
        while (path[start - 1] != '/') {
            start--;
        }
        byte[] name = Arrays.copyOfRange(path, start, end);
        check(name);
        Level level = level(Arrays.copyOf(path, start));
        if (Arrays.compareUnsigned(name, level.last) <= 0) {
            throw new Damaged("an entry in it comes twice, or in the wrong order");
        }
        level.last = name;
        entries++;
        bytes += header.size();
        switch (header.type()) {
            case Header.DIRECTORY -> levels.push(new Level(level.folder.make(name), header));
            case Header.LINK -> level.folder.makeLink(target(header), name, time(header));
            default ->
                    level.folder.receive(
                            name, contents, header.size(), header.permissions(), time(header));
        }
        if (levels.size() > TreeOut.DEEPEST) {
            throw new Damaged("directories in it are nested deeper than " + TreeOut.DEEPEST);
        }
    }

    private static void check(byte[] name) throws Damaged {
        boolean dots = (name.length == 1 || (name.length == 2 && name[1] == '.')) && name[0] == '.';
        if (name.length == 0 || name.length > LONGEST_NAME || dots) {
            throw new Damaged("a name in it leads elsewhere, or is none");
        }
    }

    private static byte[] target(Header header) throws Damaged {
        if (header.target().length > LONGEST_TARGET) {
            throw new Damaged("a name in it is too long");
        }
        return header.target();
    }

    /** The directory of this path; those that are complete by now are closed. */
    private Level level(byte[] path) throws IOException {
        while (!levels.isEmpty() && !Arrays.equals(levels.getFirst().header.name(), path)) {
            finish();
        }
        if (levels.isEmpty()) {
            throw new Damaged("a name in it leads elsewhere, or is none");
        }
        return levels.getFirst();
    }

    private void finish() throws IOException {
        Level level = levels.pop();
        try (Folder folder = level.folder) {
            folder.finish(level.header.permissions(), time(level.header));
        }
    }

    private static long time(Header header) {
        return header.time() * SECOND;
    }

    @Override
    public void close() {
        for (Level level : levels) {
            level.folder.close();
        }
    }
}
