package dev.dyno.log;

import dev.dyno.log.Changes.Change;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All logs of a directory while they grow, and which of them are worth a look. */
final class Follower implements Closeable {
    private final LogFilter filter;
    private final Retention retention;
    private final Map<Path, FollowedLog> followed = new HashMap<>();
    private final Set<Path> due = new HashSet<>();

    /** Begins at the end of these logs, and at the start of any other. */
    Follower(List<StoredLog> known, LogFilter filter, Retention retention) {
        this.filter = filter;
        this.retention = retention;
        for (StoredLog log : known) {
            followed.put(log.path(), FollowedLog.atEnd(log, retention));
        }
    }

    void look(Map<Path, Change> changes) {
        changes.forEach((path, change) -> {
            if (change == Change.DELETED) {
                forget(path);
            }
            due.add(path);
        });
    }

    boolean isUpToDate() {
        return due.isEmpty();
    }

    /** What the logs to look at have got that is new, merged. */
    List<LogLine> read() {
        List<PlacedLine> fresh = new ArrayList<>();
        for (Path path : List.copyOf(due)) {
            due.remove(path);
            fresh.addAll(read(path));
        }
        Collections.sort(fresh);
        return fresh.stream().map(PlacedLine::line).filter(filter::accepts).toList();
    }

    private List<PlacedLine> read(Path path) {
        Optional<StoredLog> log = StoredLog.at(path);
        if (log.isEmpty()) {
            forget(path);
            return List.of();
        }
        FollowedLog known =
                followed.computeIfAbsent(path, _ -> FollowedLog.atStart(log.get(), retention));
        try {
            List<PlacedLine> lines = known.read(log.get());
            if (known.hasMore()) {
                due.add(path);
            }
            return lines;
        } catch (IOException e) {
            // Vanished or unreadable: looked at again when it changes again.
            return List.of();
        }
    }

    private void forget(Path path) {
        FollowedLog log = followed.remove(path);
        if (log != null) {
            log.close();
        }
    }

    @Override
    public void close() {
        followed.values().forEach(FollowedLog::close);
    }
}
