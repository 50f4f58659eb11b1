package dev.dyno.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** The last lines of the merged log, gathered file by file, the file written last first. */
final class NewestLines {
    /** A file's time of change is kept coarsely: up to two seconds off on some file systems. */
    private static final Duration COARSE = Duration.ofSeconds(2);

    private final int count;
    private final LogFilter filter;
    private final PriorityQueue<PlacedLine> kept = new PriorityQueue<>();

    NewestLines(int count, LogFilter filter) {
        this.count = count;
        this.filter = filter;
    }

    /** Whether no line of a file can matter that was last written at this time. */
    boolean areAllAfter(Instant modified) {
        return isFull() && (count <= 0 || kept.element().rank().isAfter(modified.plus(COARSE)));
    }

    void gather(StoredLog log) throws IOException {
        FileChannel file = log.open(); // which may make it another, of another size
        var lines = new PlacedLines(log.path(), new BackwardLines(file, 0, log.size()));
        Optional<PlacedLine> line = lines.previous();
        while (line.isPresent() && offer(line.get())) {
            line = lines.previous();
        }
    }

    /** Whether an earlier line of the same file could still be one of the newest. */
    private boolean offer(PlacedLine line) {
        if (count <= 0 || (isFull() && line.compareTo(kept.element()) < 0)) {
            return false;
        }
        if (filter.accepts(line.line())) {
            kept.add(line);
            if (kept.size() > count) {
                kept.remove();
            }
        }
        return true;
    }

    private boolean isFull() {
        return kept.size() >= count;
    }

    List<LogLine> inOrder() {
        List<PlacedLine> sorted = new ArrayList<>(kept);
        Collections.sort(sorted);
        return sorted.stream().map(PlacedLine::line).toList();
    }
}
