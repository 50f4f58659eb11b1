package dev.dyno.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * A file that was a log, and the one that has its name now: often the first one's last lines, when
 * it was trimmed, and what came after them.
 */
record Succession(FileChannel before, FileChannel next, Retention retention) {
    private static final int BLOCK = 1 << 16;

    /**
     * Where in the next file that stands which would stand here in the one before.
     *
     * @param position in the file before
     * @return 0, the start, if this is another log, or one that was trimmed again
     */
    long after(long position) throws IOException {
        long size = before.size();
        InputStream old = new BufferedInputStream(Channels.newInputStream(before.position(0)));
        long keptFrom = retention.skipTo(old, size);
        boolean trimmed = next.size() >= size - keptFrom && nextBeginsWith(old);
        return trimmed ? Math.max(0, position - keptFrom) : 0;
    }

    private boolean nextBeginsWith(InputStream kept) throws IOException {
        InputStream found = Channels.newInputStream(next.position(0));
        byte[] block = kept.readNBytes(BLOCK);
        while (block.length > 0) {
            if (!Arrays.equals(block, found.readNBytes(block.length))) {
                return false;
            }
            block = kept.readNBytes(BLOCK);
        }
        return true;
    }
}
