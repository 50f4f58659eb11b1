package dev.dyno.slug;

import dev.dyno.process.LinuxFiles;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whether a tree is still what an index says, asked by one system call a file and without an object
 * for any. Whoever cannot be known to be unchanged is left to be looked at closer.
 */
final class Look {
    private final Index index;

    /** Whether it is the slug's own tree: then the first difference ends it. */
    private final boolean own;

    private final boolean[] known;
    private int unknown;
    private final ByteBuffer statx = LinuxFiles.buffer(LinuxFiles.STATX);
    private final long statxAddress = LinuxFiles.address(statx);
    private final long names;
    private int[] fds = new int[64];
    private int[] ends = new int[64];
    private int depth;

    private Look(Index index, boolean own) {
        this.index = index;
        this.own = own;
        this.known = new boolean[index.count()];
        this.names = LinuxFiles.address(index.names);
    }

    /**
     * @return for each of the index's entries whether it is unchanged; of a directory it says
     *     whether names came or went, not whether something below has changed
     */
    static Look atApp(Index index, LinuxFolder app) {
        var look = new Look(index, false);
        look.walk(app.fd());
        return look;
    }

    /** Whether nobody has touched the slug's own files. */
    static boolean isIntact(Index index, LinuxFolder slug) {
        var look = new Look(index, true);
        look.walk(slug.fd());
        return look.unknown == 0;
    }

    boolean[] known() {
        return known;
    }

    boolean isAllKnown() {
        return unknown == 0;
    }

    private void walk(int root) {
        long[] rows = index.rows;
        int count = known.length;
        fds[0] = root;
        ends[0] = count;
        try {
            for (int i = 0; i < count; i++) {
                while (i >= ends[depth]) {
                    LinuxFiles.closeFile(fds[depth--]);
                }
                int row = i * Index.ROW;
                long name = names + (int) rows[row + Index.PLACE];
                boolean same =
                        LinuxFiles.stat(fds[depth], name, statxAddress)
                                && (own ? isUntouched(rows, row) : isSame(rows, row));
                if (same) {
                    known[i] = true;
                } else {
                    unknown++;
                    if (own) {
                        return;
                    }
                }
                if (i > 0 && isDirectory(rows[row]) && !enter(name, i)) {
                    unknown++;
                    i = index.end(i) - 1;
                }
            }
        } finally {
            while (depth > 0) {
                LinuxFiles.closeFile(fds[depth--]);
            }
        }
    }

    private boolean enter(long name, int i) {
        int fd =
                LinuxFiles.open(
                        fds[depth],
                        name,
                        LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY | LinuxFiles.O_NOFOLLOW);
        if (fd < 0) {
            return false;
        }
        depth++;
        if (depth == fds.length) {
            fds = Arrays.copyOf(fds, depth * 2);
            ends = Arrays.copyOf(ends, depth * 2);
        }
        fds[depth] = fd;
        ends[depth] = index.end(i);
        return true;
    }

    private static boolean isDirectory(long mode) {
        return ((int) mode & Stat.TYPE) == Stat.DIRECTORY;
    }

    private boolean isSame(long[] rows, int row) {
        long mode = rows[row];
        return (mode & Index.TRUSTED) != 0
                && (mode & 0xffff) == (statx.getShort(LinuxFiles.STATX_MODE) & 0xffff)
                && rows[row + Index.INODE] == statx.getLong(LinuxFiles.STATX_INODE)
                && rows[row + Index.SIZE] == statx.getLong(LinuxFiles.STATX_SIZE)
                && rows[row + Index.MTIME] == nanoseconds(LinuxFiles.STATX_MTIME)
                && rows[row + Index.CTIME] == nanoseconds(LinuxFiles.STATX_CTIME);
    }

    private boolean isUntouched(long[] rows, int row) {
        long mode = rows[row];
        return (int) (mode >>> Index.OWN_MODE_SHIFT)
                        == (statx.getShort(LinuxFiles.STATX_MODE) & 0xffff)
                && rows[row + Index.OWN_INODE] == statx.getLong(LinuxFiles.STATX_INODE)
                && (isDirectory(mode)
                        || rows[row + Index.SIZE] == statx.getLong(LinuxFiles.STATX_SIZE))
                && rows[row + Index.OWN_MTIME] == nanoseconds(LinuxFiles.STATX_MTIME);
    }

    private long nanoseconds(int at) {
        return LinuxFolder.nanoseconds(statx, at);
    }
}
