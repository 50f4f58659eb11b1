package dev.dyno.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The log lines of a file, the last one first; what is no log line is passed over. */
final class PlacedLines {
    private final Path path;
    private final BackwardLines lines;
    private Instant rank = Instant.MAX;

    PlacedLines(Path path, BackwardLines lines) {
        this.path = path;
        this.lines = lines;
    }

    Optional<PlacedLine> previous() throws IOException {
        Optional<String> text = lines.previous();
        while (text.isPresent()) {
            Optional<LogLine> line = LogLine.parse(text.get());
            if (line.isPresent()) {
                Instant time = line.get().time();
                rank = time.isBefore(rank) ? time : rank;
                return Optional.of(new PlacedLine(rank, path, lines.position(), line.get()));
            }
            text = lines.previous();
        }
        return Optional.empty();
    }
}
