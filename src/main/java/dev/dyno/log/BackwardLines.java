package dev.dyno.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a part of a file, the last one first, read in blocks and no further than is asked.
 * What follows the last line end is not a line yet.
 */
final class BackwardLines {
    private static final int BLOCK = 1 << 16;

    /** No line of ours is as long; garbage may be, and must not fill the memory. */
    private static final int LONGEST = 1 << 23;

    private final FileChannel file;
    private final long from;

    /** Where in the file the line handed out last begins; at first, the unfinished one. */
    private long position;

    /** What has been read and not handed out: the file from {@code start} to {@code position}. */
    private byte[] block = {};

    private long start;

    /**
     * The lines between two places of the file.
     *
     * @param from where a line begins
     */
    BackwardLines(FileChannel file, long from, long to) throws IOException {
        this.file = file;
        this.from = from;
        this.position = to;
        this.start = to;
        this.position = lineStart(to);
    }

    long position() {
        return position;
    }

    Optional<String> previous() throws IOException {
        if (position == from) {
            return Optional.empty();
        }
        long lineEnd = position - 1;
        position = lineStart(lineEnd);
        int length = (int) (lineEnd - position);
        return Optional.of(
                new String(block, (int) (position - start), length, StandardCharsets.UTF_8));
    }

    private long lineStart(long lineEnd) throws IOException {
        for (long at = lineEnd; at > from; at--) {
            if (at == start) {
                readEarlier();
            }
            if (block[(int) (at - 1 - start)] == '\n') {
                return at;
            }
        }
        return from;
    }

    // At least as much as there is already, so that one huge line is not copied block by block.
    private void readEarlier() throws IOException {
        int kept = (int) (position - start);
        if (kept > LONGEST) {
            throw new IOException("a line of more than " + LONGEST + " bytes");
        }
        int count = (int) Math.min(start - from, Math.max(BLOCK, kept));
        ByteBuffer longer = ByteBuffer.allocate(count + kept).limit(count);
        while (longer.hasRemaining()) {
            if (file.read(longer, start - count + longer.position()) < 0) {
                throw new EOFException("the file became shorter");
            }
        }
        longer.limit(count + kept).put(block, 0, kept);
        block = longer.array();
        start -= count;
    }
}
