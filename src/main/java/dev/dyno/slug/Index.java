package dev.dyno.slug;

import dev.dyno.process.Boot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * A slug's files as they lay when it was made, by which a run sees whether the app has changed
 * since; after git's index. Numbers lie in rows and names in one block, so that tens of thousands
 * are read without making an object for each.
 *
 * <p>A directory stands before all that is below it. The file ends with a check sum of rows and
 * names, then the hashes with one of their own, since they are needed only when something changed.
 */
final class Index {
    /** A row: mode, trust and own mode; inode, size, mtime, ctime; own inode, mtime; name, end. */
    static final int ROW = 8;

    static final int MODE = 0;
    static final int INODE = 1;
    static final int SIZE = 2;
    static final int MTIME = 3;
    static final int CTIME = 4;
    static final int OWN_INODE = 5;
    static final int OWN_MTIME = 6;
    static final int PLACE = 7;

    static final long TRUSTED = 1 << 16;
    static final int OWN_MODE_SHIFT = 32;
    static final int END_SHIFT = 32;

    private static final long MAGIC = 0x3178_6564_6e69_6f64L; // doindex1
    private static final int RULES = 8;
    private static final int BOOT = 40;
    static final int HEADER = 8 + 4 + 4 + RULES + BOOT;
    static final int HASH = 32;
    private static final int SUM = 8;

    private final long rules;
    private final String boot;
    final long[] rows;
    final ByteBuffer names;
    private final Path file;

    private Index(long rules, String boot, long[] rows, ByteBuffer names, Path file) {
        this.rules = rules;
        this.boot = boot;
        this.rows = rows;
        this.names = names;
        this.file = file;
    }

    int count() {
        return rows.length / ROW;
    }

    /**
     * @throws IOException where it is not there, or not what was written
     */
    static Index read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is none");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, HEADER);
            int count = header.getInt(8);
            int names = header.getInt(12);
            long size = HEADER + (long) count * (ROW * 8 + HASH) + names + 2 * SUM;
            if (header.getLong(0) != MAGIC || count < 1 || names < 1 || channel.size() != size) {
                throw new IOException("it is incomplete");
            }
            long[] rows = new long[count * ROW];
            int body = rows.length * 8;
            ByteBuffer content = read(channel, 0, HEADER + body + names + SUM);
            checkSum(content);
            content.slice(HEADER, body).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(rows);
            var boot = new byte[BOOT];
            content.get(16 + RULES, boot);
            var index =
                    new Index(
                            content.getLong(16),
                            Names.text(boot).trim(),
                            rows,
                            content.slice(HEADER + body, names),
                            file);
            index.check();
            return index;
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int size)
            throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        while (content.hasRemaining()) {
            if (channel.read(content, position + content.position()) < 0) {
                throw new IOException("it is incomplete");
            }
        }
        return content.flip();
    }

    private static void checkSum(ByteBuffer content) throws IOException {
        var sum = new CRC32();
        sum.update(content.duplicate().limit(content.limit() - SUM));
        if (sum.getValue() != content.getLong(content.limit() - SUM)) {
            throw new IOException("its check sum is wrong");
        }
    }

    /** Each row's end and name must be where they can be. */
    private void check() throws IOException {
        int count = count();
        boolean wrong = end(0) != count || names.get(names.limit() - 1) != 0;
        for (int i = 0; i < count && !wrong; i++) {
            wrong = end(i) <= i || end(i) > count || name(i) < 0 || name(i) >= names.limit();
        }
        if (wrong) {
            throw new IOException("it contradicts itself");
        }
    }

    int end(int entry) {
        return (int) (rows[entry * ROW + PLACE] >>> END_SHIFT);
    }

    int name(int entry) {
        return (int) rows[entry * ROW + PLACE];
    }

    /** Whether the machine has been running since; if not, what the disk has may not be all. */
    boolean isOfThisBoot() {
        return boot.equals(Boot.id());
    }

    /**
     * The entries as a tree.
     *
     * @param known for each entry whether a look has found it unchanged
     */
    Entry tree(boolean[] known) throws IOException {
        int hashes = HEADER + rows.length * 8 + names.limit() + SUM;
        ByteBuffer content;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            content = read(channel, hashes, count() * HASH + SUM);
        }
        checkSum(content);
        return entry(0, known, content);
    }

    private Entry entry(int i, boolean[] known, ByteBuffer hashes) throws IOException {
        int row = i * ROW;
        int start = name(i);
        int stop = start;
        while (names.get(stop) != 0) {
            stop++;
        }
        var name = new byte[stop - start];
        names.get(start, name);
        long mode = rows[row + MODE];
        long size = rows[row + SIZE];
        var app =
                new Stat(
                        (int) (mode & 0xffff),
                        rows[row + INODE],
                        size,
                        rows[row + MTIME],
                        rows[row + CTIME]);
        var entry = new Entry(name, app);
        entry.own =
                new Stat(
                        (int) (mode >>> OWN_MODE_SHIFT),
                        rows[row + OWN_INODE],
                        size,
                        rows[row + OWN_MTIME],
                        0);
        entry.trusted = (mode & TRUSTED) != 0;
        entry.known = known[i];
        entry.quiet = known[i];
        if (!app.isDirectory()) {
            entry.hash = new byte[HASH];
            hashes.get(i * HASH, entry.hash);
            return entry;
        }
        int end = end(i);
        for (int child = i + 1; child < end; child = end(child)) {
            if (end(child) > end) {
                throw new IOException("it contradicts itself");
            }
            Entry below = entry(child, known, hashes);
            entry.quiet &= below.quiet;
            entry.below.add(below);
        }
        return entry;
    }

    /** Writes beside {@code file} and moves the whole into its place. */
    static void write(Entry root, long rules, Path file) throws IOException {
        write(root, rules, Boot.id(), file);
    }

    static void write(Entry root, long rules, String boot, Path file) throws IOException {
        ByteBuffer content = new IndexWriter(root).content(MAGIC, rules, boot);
        Path part = file.resolveSibling(".new-index-" + ProcessHandle.current().pid());
        Files.deleteIfExists(part);
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    boolean hasRules(long others) {
        return rules == others;
    }
}
