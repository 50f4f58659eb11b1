package dev.dyno.bundle;

/**
 * How much a bundle may become: what is beyond is a bomb, or cannot be told from one. {@code
 * export} keeps to it as well.
 */
final class Bounds {
    private static final long GIGABYTE = 1L << 30;
    private static final int LONG_ENOUGH = 1 << 12;

    private final long mostEntries;
    private final long mostBytes;
    private final long doubtful;
    private final long ratio;
    private final long packed;
    private long entries;
    private long bytes;
    private long written;

    /**
     * @param doubtful below so many bytes it does not matter how well they were packed
     * @param ratio above that they may be so many times what the file has
     * @param packed the file's size
     */
    Bounds(long mostEntries, long mostBytes, long doubtful, long ratio, long packed) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
        this.doubtful = doubtful;
        this.ratio = ratio;
        this.packed = packed;
    }

    /** Those of {@code import}: a million entries, 64 GB, and 200 times its size beyond 1 GB. */
    static Bounds usual(long packed) {
        return new Bounds(1_000_000, 64 * GIGABYTE, GIGABYTE, 200, packed);
    }

    /** One more entry. */
    void entry(long size) throws Damaged {
        entries++;
        bytes += size;
        if (entries > mostEntries) {
            throw new Damaged("it has more than " + mostEntries + " entries");
        }
        if (size > mostBytes || bytes > mostBytes) {
            throw new Damaged("it would take more than " + mostBytes / GIGABYTE + " GB");
        }
    }

    /** One more block; one of zeros takes no room on the disk. */
    void unpacked(byte[] block) throws Damaged {
        int zeros = 0;
        while (zeros < block.length && block[zeros] == 0) {
            zeros++;
        }
        written += zeros > LONG_ENOUGH ? block.length - zeros : block.length;
        if (written > doubtful && written / ratio > packed) {
            throw new Damaged("it would take more than " + ratio + " times its size");
        }
    }
}
