package dev.dyno.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An app's log as {@code heroku logs} shows it: the files of all its dynos, merged by time
 * (heroku.md 3.2). A file that cannot be read costs its own lines only.
 */
public final class Logs {
    private final Path directory;
    private final Retention retention;

    /**
     * The logs in a directory, whether it is there already or not.
     *
     * @param directory where each dyno has a file {@code *.log}
     */
    public Logs(Path directory) {
        this(directory, Retention.USUAL);
    }

    Logs(Path directory, Retention retention) {
        this.directory = directory;
        this.retention = retention;
    }

    /** The last so many lines that the filter accepts, oldest first. */
    public List<LogLine> last(int count, LogFilter filter) throws IOException {
        List<StoredLog> stored = stored();
        try {
            return last(stored, count, filter);
        } finally {
            stored.forEach(StoredLog::close);
        }
    }

    /**
     * Hands over the last so many lines, then every new one as it is written, of files that appear
     * later too; each line once. Returns when the reader has had enough.
     *
     * @param reader is given lines, never none, and says whether it wants more
     */
    public void follow(int count, LogFilter filter, Predicate<List<LogLine>> reader)
            throws IOException, InterruptedException {
        try (Changes changes = Changes.in(directory)) {
            follow(count, filter, reader, changes);
        }
    }

    /**
     * Hands over every line about one dyno from its first on, as it is written. Returns when the
     * reader has had enough.
     */
    public void followFromStart(String dyno, Predicate<List<LogLine>> reader)
            throws IOException, InterruptedException {
        Path log = directory.resolve(dyno + ".log");
        var filter = new LogFilter(Optional.of(dyno), Optional.empty(), Optional.empty());
        try (Changes changes = Changes.in(directory)) {
            List<StoredLog> others = new ArrayList<>();
            for (StoredLog each : stored()) {
                if (each.path().equals(log)) {
                    each.close();
                } else {
                    others.add(each);
                }
            }
            try (var follower = new Follower(others, filter, retention)) {
                follower.look(Map.of(log, Changes.Change.TOUCHED));
                List<LogLine> lines = List.of();
                while (lines.isEmpty() || reader.test(lines)) {
                    if (follower.isUpToDate()) {
                        follower.look(changes.await());
                    }
                    lines = follower.read();
                }
            }
        }
    }

    // The watch has begun before the files are looked at: what changes in between is seen twice
    // and read once.
    void follow(int count, LogFilter filter, Predicate<List<LogLine>> reader, Changes changes)
            throws IOException, InterruptedException {
        List<StoredLog> stored = stored();
        List<LogLine> lines = last(stored, count, filter);
        try (Follower follower = new Follower(stored, filter, retention)) {
            while (lines.isEmpty() || reader.test(lines)) {
                if (follower.isUpToDate()) {
                    follower.look(changes.await());
                }
                lines = follower.read();
            }
        }
    }

    /** What has the name of a log and is none: a directory, a pipe, a link. */
    public List<Path> notLogs() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path path : StoredLog.namesIn(directory)) {
            if (StoredLog.at(path).isEmpty() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                found.add(path);
            }
        }
        return found;
    }

    private List<StoredLog> stored() throws IOException {
        List<StoredLog> stored = new ArrayList<>();
        for (Path path : StoredLog.namesIn(directory)) {
            StoredLog.at(path).ifPresent(stored::add);
        }
        for (StoredLog log : stored) {
            if (retention.isNear(log.size())) {
                hold(log);
            }
        }
        stored.sort(Comparator.comparing(StoredLog::modified).reversed());
        return stored;
    }

    // Only the few that may be trimmed are held: there may be as many logs as open files allowed.
    private List<LogLine> last(List<StoredLog> newestFirst, int count, LogFilter filter) {
        NewestLines newest = new NewestLines(count, filter);
        for (StoredLog log : newestFirst) {
            if (newest.areAllAfter(log.modified())) {
                break;
            }
            try {
                newest.gather(log);
            } catch (IOException e) {
                // Vanished, or broken: the others' lines are still worth showing.
            }
            if (!retention.isNear(log.size())) {
                log.close();
            }
        }
        return newest.inOrder();
    }

    private static void hold(StoredLog log) {
        try {
            log.open();
        } catch (IOException e) {
            // Vanished, or not to be read.
        }
    }
}
