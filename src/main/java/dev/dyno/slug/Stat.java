package dev.dyno.slug;

import java.time.InstantSource;

/**
 * What a file was when it was looked at.
 *
 * @param mode type and permissions as {@code st_mode} has them
 * @param mtime nanoseconds since 1970
 * @param ctime nanoseconds since 1970
 */
public record Stat(int mode, long inode, long size, long mtime, long ctime) {
    static final int TYPE = 0170000;
    static final int DIRECTORY = 0040000;
    static final int FILE = 0100000;
    static final int LINK = 0120000;
    private static final int CHARACTERS = 0020000;

    /** Permissions without setuid, setgid and sticky. */
    static final int PERMISSIONS = 0777;

    private static final long MILLISECOND = 1_000_000;
    private static final long FINE_MARGIN = 50 * MILLISECOND;
    private static final long COARSE_MARGIN = 2000 * MILLISECOND;

    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    public boolean isFile() {
        return (mode & TYPE) == FILE;
    }

    public boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** A character device, as which an overlay's upper directory says that a file is gone. */
    public boolean isCharacters() {
        return (mode & TYPE) == CHARACTERS;
    }

    public int permissions() {
        return mode & PERMISSIONS;
    }

    /** Nothing says that it was touched since {@code earlier}. */
    boolean isSame(Stat earlier) {
        return mode == earlier.mode
                && inode == earlier.inode
                && size == earlier.size
                && mtime == earlier.mtime
                && ctime == earlier.ctime;
    }

    /** As {@link #isSame}, for a slug's own file: a new hard link of it changes the ctime. */
    boolean isUntouched(Stat earlier) {
        return mode == earlier.mode
                && inode == earlier.inode
                && (size == earlier.size || isDirectory())
                && mtime == earlier.mtime;
    }

    /**
     * Whether a later change would show: the last one is so long ago that the file system's clock
     * has moved on, and the file is none that is written through memory, whose times lag.
     *
     * @param now when it was looked at, nanoseconds since 1970
     */
    boolean isTrustworthy(byte[] name, long now) {
        long margin = ctime % MILLISECOND == 0 ? COARSE_MARGIN : FINE_MARGIN;
        return ctime <= now - margin
                && !Names.endsWith(name, "-shm")
                && !Names.endsWith(name, "-wal")
                && !Names.endsWith(name, ".mdb");
    }

    static long now(InstantSource clock) {
        return clock.millis() * MILLISECOND;
    }
}
