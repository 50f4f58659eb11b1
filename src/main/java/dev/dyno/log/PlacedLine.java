package dev.dyno.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;

/**
 * A line and its place in the merged log: by time over all files, within a file as it was written,
 * whatever the clock did meanwhile (reliability.md R06).
 *
 * @param rank the earliest time of this line and all that follow it in its file
 */
record PlacedLine(Instant rank, Path file, long position, LogLine line)
        implements Comparable<PlacedLine> {
    private static final Comparator<PlacedLine> ORDER =
            Comparator.comparing(PlacedLine::rank)
                    .thenComparing(PlacedLine::file)
                    .thenComparingLong(PlacedLine::position);

    @Override
    public int compareTo(PlacedLine other) {
        return ORDER.compare(this, other);
    }
}
