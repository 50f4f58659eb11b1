package dev.dyno.dyno;

import dev.dyno.slug.Removal;
import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The small files of the state directory that belong to no dyno alive: what killed writers left
 * half-written, logs that have become too many, and what is not dyno's.
 */
final class LooseFiles {
    private static final int MOST_LOGS = 1000;
    private static final int LOGS_KEPT = 900;

    /** Where a hundred begin at once, to try the machine out takes more than a minute. */
    private static final Duration STILL_TRYING = Duration.ofHours(1);

    private final Path root;
    private final InstantSource clock;
    private final int keepRuns;
    private final List<String> warnings = new ArrayList<>();

    LooseFiles(Path root, InstantSource clock, int keepRuns) {
        this.root = root;
        this.clock = clock;
        this.keepRuns = keepRuns;
    }

    /**
     * @return what is foreign or damaged and so is ignored, a line each
     */
    List<String> sweep() {
        removeParts(root);
        for (Path probe : Sweep.entries(root.resolve("scratch"))) {
            removeProbe(probe);
        }
        for (Path app : Sweep.entries(root.resolve("apps"))) {
            logs(app);
            check(app);
            removeParts(app);
            removeParts(app.resolve("releases"));
            removeParts(app.resolve(Runs.DIRECTORY));
            Runs.prune(app.resolve(Runs.DIRECTORY), keepRuns);
            removeParts(app.resolve("formation"));
            removeOld(app.resolve("formation").resolve("requests"), _ -> true);
        }
        return warnings;
    }

    /** What cannot be a log, what is half a log, and what is too many. */
    private void logs(Path app) {
        Path directory = app.resolve("logs");
        String[] names = Sweep.names(directory);
        for (String name : names) {
            if (isPart(name)) {
                removeOld(directory.resolve(name));
            } else if (!name.endsWith(".log")) {
                warnings.add(
                        Printable.escape(directory.resolve(name).toString())
                                + " is not dyno's and is ignored");
            }
        }
        if (names.length > MOST_LOGS) {
            prune(app);
        }
    }

    /** The file by which the app is called. */
    private void check(Path app) {
        Path file = app.resolve(Apps.FILE);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && Fields.read(file).get("directory").isEmpty()) {
                throw new IOException("no directory");
            }
        } catch (IOException e) {
            warnings.add(
                    Printable.escape(file.toString())
                            + " is damaged: the app has no name to call it by");
        }
    }

    /** Files that were being written when their writer was killed. */
    private void removeParts(Path directory) {
        removeOld(directory, LooseFiles::isPart);
    }

    private static boolean isPart(String name) {
        return name.endsWith(".part") || name.startsWith(Entrance.NEW);
    }

    /** Of requests to a formation too, and answers: no command waits for so long. */
    private void removeOld(Path directory, Predicate<String> named) {
        for (String name : Sweep.names(directory)) {
            if (named.test(name)) {
                removeOld(directory.resolve(name));
            }
        }
    }

    private void removeOld(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && age(file).compareTo(Sweep.STILL_BEING_MADE) > 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // gone, or the next command tries again
        }
    }

    /** What a killed dyno had tried the machine out with. */
    private void removeProbe(Path probe) {
        try {
            if (probe.getFileName().toString().startsWith(".probe-")
                    && age(probe).compareTo(STILL_TRYING) > 0) {
                Removal.remove(probe);
            }
        } catch (IOException e) {
            // gone
        }
    }

    /** Keeps the logs of the last dynos, as Heroku keeps the last lines (heroku.md 3.1). */
    private static void prune(Path app) {
        List<Path> logs = Sweep.entries(app.resolve("logs"));
        logs.removeIf(log -> log.endsWith("api.log")); // the app's own
        if (logs.size() <= MOST_LOGS) {
            return;
        }
        record Log(Path path, FileTime modified) {}
        var all = new ArrayList<Log>();
        for (Path log : logs) {
            String file = log.getFileName().toString();
            Path dyno =
                    app.resolve("dynos").resolve(file.substring(0, Math.max(0, file.length() - 4)));
            try {
                if (!Files.exists(dyno, LinkOption.NOFOLLOW_LINKS)) {
                    all.add(
                            new Log(
                                    log,
                                    Files.getLastModifiedTime(log, LinkOption.NOFOLLOW_LINKS)));
                }
            } catch (IOException e) {
                // pruned by another
            }
        }
        all.sort(Comparator.comparing(Log::modified));
        for (Log log : all.subList(0, Math.max(0, all.size() - LOGS_KEPT))) {
            try {
                Files.deleteIfExists(log.path());
            } catch (IOException e) {
                // pruned by another
            }
        }
    }

    private Duration age(Path path) throws IOException {
        FileTime made = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        return Duration.between(made.toInstant(), clock.instant());
    }
}
