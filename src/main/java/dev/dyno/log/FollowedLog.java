package dev.dyno.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One dyno's log while it grows: hands out each line once, when it is whole. */
final class FollowedLog {
    private static final int PORTION = 1 << 18;

    private String identity;
    private long position;

    /** Whether a line begins at {@code position}; looked up when the file first grows. */
    private boolean atLineStart;

    private boolean more;

    private FollowedLog(String identity, long position) {
        this.identity = identity;
        this.position = position;
        this.atLineStart = position == 0;
    }

    /** What is added from now on; a line that is unfinished now, when it is finished. */
    static FollowedLog atEnd(StoredLog log) {
        return new FollowedLog(log.identity(), log.size());
    }

    static FollowedLog atStart(StoredLog log) {
        return new FollowedLog(log.identity(), 0);
    }

    /** Whether the last portion left something to read at once. */
    boolean hasMore() {
        return more;
    }

    /** The next portion of whole lines, the last one first. */
    List<PlacedLine> read(StoredLog now) throws IOException {
        more = false;
        if (!now.identity().equals(identity) || now.size() < position) {
            identity = now.identity();
            position = 0;
            atLineStart = true;
        }
        if (now.size() == position) {
            return List.of();
        }
        try (FileChannel file = now.open()) {
            if (!atLineStart) {
                position = new BackwardLines(file, 0, position).position();
                atLineStart = true;
            }
            return read(file, now);
        }
    }

    private List<PlacedLine> read(FileChannel file, StoredLog now) throws IOException {
        BackwardLines whole;
        long portion = PORTION;
        do {
            long to = Math.min(now.size(), position + portion);
            whole = new BackwardLines(file, position, to);
            more = to < now.size();
            portion *= 2;
        } while (more && whole.position() == position);

        long next = whole.position();
        PlacedLines lines = new PlacedLines(now.path(), whole);
        List<PlacedLine> read = new ArrayList<>();
        for (Optional<PlacedLine> line = lines.previous();
                line.isPresent();
                line = lines.previous()) {
            read.add(line.get());
        }
        position = next;
        return read;
    }
}
