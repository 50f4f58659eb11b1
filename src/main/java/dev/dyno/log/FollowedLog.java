package dev.dyno.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One dyno's log while it grows: hands out each line once, when it is whole, also where the log is
 * trimmed meanwhile. For that its file is held open from when it first grows.
 */
final class FollowedLog implements Closeable {
    private static final int PORTION = 1 << 18;

    private final Retention retention;
    private StoredLog log;
    private String identity;
    private long position;

    /** Whether a line begins at {@code position}; looked up when the file first grows. */
    private boolean atLineStart;

    private boolean more;

    private FollowedLog(StoredLog log, long position, Retention retention) {
        this.log = log;
        this.identity = log.identity();
        this.position = position;
        this.atLineStart = position == 0;
        this.retention = retention;
    }

    /**
     * What is added from now on; a line that is unfinished now, when it is finished.
     *
     * @param log open, if it may be trimmed soon
     */
    static FollowedLog atEnd(StoredLog log, Retention retention) {
        return new FollowedLog(log, log.size(), retention);
    }

    static FollowedLog atStart(StoredLog log, Retention retention) {
        return new FollowedLog(log, 0, retention);
    }

    /** Whether the last portion left something to read at once. */
    boolean hasMore() {
        return more;
    }

    /** The next portion of whole lines, the last one first. */
    List<PlacedLine> read(StoredLog now) throws IOException {
        more = false;
        boolean same = now.identity().equals(identity);
        if (same && now.size() == position) {
            return List.of();
        }
        if (!log.isOpen()) {
            hold(now);
            return readOn();
        }
        return same ? readOn() : readRest(now);
    }

    /** The file is held from now on; somebody may have replaced it before. */
    private void hold(StoredLog now) throws IOException {
        now.open();
        if (now.identity().equals(identity)) {
            log = now;
        } else {
            goOnWith(now, 0);
        }
    }

    /** What is left of a file that nobody writes to any more; then it is the next one's turn. */
    private List<PlacedLine> readRest(StoredLog next) {
        List<PlacedLine> rest = List.of();
        try {
            rest = readOn();
        } catch (IOException e) {
            more = false; // what cannot be read is passed over
        }
        if (!more) {
            succeed(next);
        }
        return rest;
    }

    private void succeed(StoredLog next) {
        try {
            next.open();
        } catch (IOException e) {
            return; // Vanished: looked for again when there is one again.
        }
        long from = 0;
        try {
            from = new Succession(log.open(), next.open(), retention).after(position);
        } catch (IOException e) {
            // Then all of it is new.
        }
        log.close();
        goOnWith(next, from);
        more = true;
    }

    private void goOnWith(StoredLog now, long from) {
        log = now;
        identity = now.identity();
        position = from;
        atLineStart = true;
    }

    private List<PlacedLine> readOn() throws IOException {
        FileChannel file = log.open();
        long size = file.size();
        if (size < position) {
            position = 0;
            atLineStart = true;
        }
        if (!atLineStart) {
            position = new BackwardLines(file, 0, position).position();
            atLineStart = true;
        }
        BackwardLines whole;
        long portion = PORTION;
        do {
            long to = Math.min(size, position + portion);
            whole = new BackwardLines(file, position, to);
            more = to < size;
            portion *= 2;
        } while (more && whole.position() == position);

        long next = whole.position();
        PlacedLines lines = new PlacedLines(log.path(), whole);
        List<PlacedLine> read = new ArrayList<>();
        for (Optional<PlacedLine> line = lines.previous();
                line.isPresent();
                line = lines.previous()) {
            read.add(line.get());
        }
        position = next;
        return read;
    }

    @Override
    public void close() {
        log.close();
    }
}
