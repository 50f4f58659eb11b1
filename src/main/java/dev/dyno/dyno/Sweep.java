package dev.dyno.dyno;

import dev.dyno.limit.Cgroup;
import dev.dyno.log.Lifecycle;
import dev.dyno.log.LogFile;
import dev.dyno.process.Survivors;
import dev.dyno.release.HalfMade;
import dev.dyno.slug.Prune;
import dev.dyno.slug.Removal;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Clears up after a dyno that was killed before it could: its processes, its directory, and the end
 * of its log. Every command begins one; of two at once each dead dyno is swept by one.
 */
public final class Sweep {
    private static final int KILLED = 137;
    static final Duration STILL_BEING_MADE = Duration.ofMinutes(1);

    private final Home home;
    private final InstantSource clock;
    private final int keepRuns;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param keepRuns how many one-offs of an app are remembered
     */
    public Sweep(Home home, InstantSource clock, int keepRuns) {
        this.home = home;
        this.clock = clock;
        this.keepRuns = keepRuns;
    }

    /**
     * Sweeps all apps. What cannot be swept is left for the next time; nothing is thrown.
     *
     * @return what in the state directory is not dyno's or cannot be read, and so is ignored
     */
    public List<String> run() {
        for (Path app : entries(home.root().resolve("apps"))) {
            if (!Files.isDirectory(app, LinkOption.NOFOLLOW_LINKS)) {
                foreign(app);
                continue;
            }
            if (app.getFileName().toString().startsWith(Entrance.GONE)) {
                Removal.removeSoon(app); // of an app destroyed by one that was killed
                continue;
            }
            for (Path dyno : entries(app.resolve("dynos"))) {
                try {
                    sweep(dyno, app.resolve("logs"));
                } catch (NoSuchFileException e) {
                    // Another was quicker.
                } catch (IOException | RuntimeException e) {
                    // The next command tries again.
                    warnings.add(Printable.escape(dyno + " cannot be swept: " + e.getMessage()));
                }
            }
            Imports.sweep(app);
            HalfMade.sweep(app);
            for (Path slug : Prune.leftOver(app.resolve("slugs"), () -> slugsInUse(app))) {
                Removal.removeSoon(slug);
            }
        }
        warnings.addAll(new LooseFiles(home.root(), clock, keepRuns).sweep());
        Cgroup.sweep();
        return List.copyOf(warnings);
    }

    private void sweep(Path dyno, Path logs) throws IOException {
        if (Entrance.isOwn(dyno)) {
            return;
        }
        String name = dyno.getFileName().toString();
        boolean whole = DynoName.isValid(name);
        boolean made = name.startsWith(Entrance.NEW);
        boolean gone = name.startsWith(Entrance.GONE);
        if (!(whole || made || gone) || !Files.isDirectory(dyno, LinkOption.NOFOLLOW_LINKS)) {
            foreign(dyno);
            return;
        }
        if (made
                && isAlive(name.substring(Entrance.NEW.length()))
                && age(dyno).compareTo(STILL_BEING_MADE) < 0) {
            return; // made this moment, and perhaps not locked yet
        }
        if (gone) {
            if (!DynoLock.isHeld(dyno)) {
                Removal.removeSoon(dyno);
            }
            return;
        }
        try {
            Optional<DynoLock> dead = DynoLock.ofDead(dyno);
            if (dead.isEmpty()) {
                if (whole) {
                    checkRecord(dyno);
                }
                return;
            }
            DynoLock lock = dead.get();
            try (lock) {
                bury(dyno, logs);
            }
        } catch (NoSuchFileException e) {
            if (made || Files.exists(dyno.resolve(Dyno.RECORD), LinkOption.NOFOLLOW_LINKS)) {
                Removal.remove(dyno); // a dyno's directory is never without its lock
            } else {
                foreign(dyno);
            }
        }
    }

    private void foreign(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return; // it has ended meanwhile
        }
        warnings.add(Printable.escape(path.toString()) + " is not dyno's and is ignored");
    }

    private static Set<SlugId> slugsInUse(Path app) {
        var slugs = new HashSet<SlugId>();
        for (Path dyno : entries(app.resolve("dynos"))) {
            try {
                String slug = Fields.read(dyno.resolve(Dyno.RECORD)).get("slug");
                if (SlugId.isId(slug)) {
                    slugs.add(new SlugId(slug));
                }
            } catch (IOException e) {
                // no dyno, or one that ended this moment
            }
        }
        return slugs;
    }

    /** A dyno that is alive, but of which nothing can be told. */
    private void checkRecord(Path dyno) {
        Path file = dyno.resolve(Dyno.RECORD);
        try {
            if (DynoRecord.of(Fields.read(file)).isPresent()) {
                return;
            }
        } catch (NoSuchFileException e) {
            return; // it ended this moment
        } catch (IOException e) {
            // said below
        }
        warnings.add(Printable.escape(file.toString()) + " is damaged: that dyno is not shown");
    }

    private void bury(Path dyno, Path logs) throws IOException {
        String id = id(dyno);
        if (!id.isEmpty()) {
            Cgroup.sweep(id);
        }
        new Survivors(dyno).kill();
        String name = dyno.getFileName().toString();
        if (!name.startsWith(".")) {
            writeEnd(logs.resolve(name + ".log"), name, dyno);
            keepRun(dyno);
        }
        Path gone = dyno.resolveSibling(Entrance.GONE + name + "-" + clock.millis());
        Files.move(dyno, gone, StandardCopyOption.ATOMIC_MOVE);
        Removal.removeSoon(gone);
    }

    private static String id(Path dyno) {
        try {
            return Fields.read(dyno.resolve(Dyno.RECORD)).get("id");
        } catch (IOException e) {
            return "";
        }
    }

    private void writeEnd(Path file, String name, Path dyno) {
        try (LogFile log = LogFile.open(file)) {
            String state = Fields.read(dyno.resolve(Dyno.RECORD)).get("state");
            var lifecycle = new Lifecycle(name);
            log.append(lifecycle.exited(clock.instant(), KILLED));
            log.append(
                    lifecycle.stateChanged(
                            clock.instant(), state.isEmpty() ? "up" : state, "complete"));
        } catch (IOException | RuntimeException e) {
            // Its log is gone or no log; then it has no end either.
        }
    }

    /** A one-off, unless it was killed when it had left all that is kept of it itself. */
    private void keepRun(Path dyno) throws IOException {
        Optional<DynoRecord> found = DynoRecord.of(Fields.read(dyno.resolve(Dyno.RECORD)));
        if (found.isEmpty() || found.get().formation()) {
            return;
        }
        DynoRecord record = found.get();
        var runs = new Runs(home, dyno.resolveSibling("..").normalize().resolve(Runs.DIRECTORY));
        Optional<Run> known = runs.find(record.name());
        Optional<Run> begun = begun(dyno);
        if (begun.isEmpty() && known.isPresent()) {
            return; // that was to be opened again, and is as it was
        }
        if (known.filter(run -> run.id().equals(record.id())).isEmpty()) {
            Run run = begun.orElseGet(() -> Run.of(record));
            runs.keep(run.with(new Run.End(clock.instant(), KILLED, 0)), dyno, false);
        }
    }

    private static Optional<Run> begun(Path dyno) {
        try {
            return Run.of(Fields.read(dyno.resolve(Dyno.RUN)));
        } catch (IOException e) {
            return Optional.empty(); // it was killed before
        }
    }

    /** Whether the process that a new dyno's directory is named after is there. */
    private static boolean isAlive(String name) {
        int end = name.indexOf('-');
        try {
            return ProcessHandle.of(Long.parseLong(name.substring(0, Math.max(0, end))))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Duration age(Path path) throws IOException {
        FileTime made = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        return Duration.between(made.toInstant(), clock.instant());
    }

    /** The names of what is in a directory, if it is there: for a first look, which is cheap. */
    static String[] names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? new String[0] : names;
    }

    /** What is in a directory, if it is there. */
    static List<Path> entries(Path directory) {
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // not there
        }
        return entries;
    }
}
