package dev.dyno.log;

import java.io.IOException;
import java.io.InputStream;

/**
 * How long the file of a log may become, and how much of it is kept then: the lines that begin in
 * its last so many bytes.
 *
 * @param longest in bytes
 * @param kept in bytes; at most half of {@code longest}, so that no line outlives two trims
 */
record Retention(long longest, long kept) {
    /** What is kept holds Heroku's 1500 lines, each of 10 000 bytes (heroku.md 3.1). */
    static final Retention USUAL = new Retention(64 << 20, 16 << 20);

    Retention {
        if (kept < 1 || kept > longest / 2) {
            throw new IllegalArgumentException(kept + " of " + longest + " bytes are kept");
        }
    }

    /** Whether a log of this size may be trimmed soon, and its file then have no name any more. */
    boolean isNear(long size) {
        return size > kept;
    }

    /**
     * Skips what is not kept of a log.
     *
     * @param log at its start
     * @return how much was skipped
     */
    long skipTo(InputStream log, long size) throws IOException {
        if (size <= kept) {
            return 0;
        }
        long skipped = size - kept - 1; // a line that ends there is not kept, the next one is
        log.skipNBytes(skipped);
        int last;
        do {
            last = log.read();
            skipped += last < 0 ? 0 : 1;
        } while (last >= 0 && last != '\n');
        return skipped;
    }
}
