package dev.dyno.dyno;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.release.Release;
import dev.dyno.slug.Removal;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last one-offs of an app that have ended, a directory each: a record, and of the sandbox what
 * the one-off has changed, or all of it where that was asked for.
 */
public final class Runs {
    static final String DIRECTORY = "runs";
    private static final String WORKSPACE = ".work-";

    /** One in so many may be there beyond what is kept, so that most sweeps look at names alone. */
    private static final int SLACK = 10;

    /** Of an overlay: what the one-off wrote. */
    public static final String UPPER = "upper";

    /** Where the slug was copied: what of it the one-off has deleted. */
    public static final String DELETED = "deleted";

    public static final String RECORDING = "recording.cast";

    /**
     * Of an imported one-off, and of one that was run again of it: the release it was of, which is
     * none of this app's.
     */
    public static final String RELEASE = "release";

    /** Of an imported one-off: names of config vars whose values did not come along. */
    public static final String MISSING = "missing";

    public static final String RECORD = "record";
    private static final List<String> CHANGES = List.of(UPPER, DELETED, RECORDING, RELEASE);
    private static final List<String> SANDBOX = List.of(Dyno.APP, Dyno.TMP, "vartmp");

    private final Home home;
    private final Path directory;

    public Runs(Home home, App app) {
        this(home, home.app(app.key()).resolve(DIRECTORY));
    }

    Runs(Home home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** The last of this name that has ended, if it is still known. */
    public Optional<Run> find(DynoName name) {
        try {
            return Run.of(Fields.read(directory(name).resolve(RECORD)))
                    .filter(run -> run.end() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All that are known, the one that ended last first. */
    public List<Run> all() {
        var all = new ArrayList<Run>();
        for (Path entry : Sweep.entries(directory)) {
            String name = entry.getFileName().toString();
            if (DynoName.isValid(name)) {
                find(DynoName.parse(name)).ifPresent(all::add);
            }
        }
        all.sort(Comparator.comparing((Run run) -> run.ended().at()).reversed());
        return all;
    }

    /** Where its data are; there is none of a one-off that is not known. */
    public Path directory(DynoName name) {
        return directory.resolve(name.toString());
    }

    /** Whether its sandbox was kept, so that it can be opened again. */
    public boolean hasSandbox(DynoName name) {
        return Files.isDirectory(directory(name).resolve(Dyno.TMP), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isImported(DynoName name) {
        return Files.exists(directory(name).resolve(RELEASE), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether its sandbox, which was kept, is a copy of the slug; else it lies over that. */
    public boolean isCopy(DynoName name) {
        return !Sweep.entries(directory(name).resolve(Dyno.APP)).isEmpty();
    }

    /** A directory of this process's own beside them, to be removed by it, or by a later sweep. */
    public Path workspace() {
        long pid = ProcessHandle.current().pid();
        return home.directory(directory.resolve(WORKSPACE + pid));
    }

    private static boolean isLeft(String workspace) {
        try {
            return ProcessHandle.of(Long.parseLong(workspace.substring(WORKSPACE.length())))
                    .isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The release of one that was imported. */
    public Optional<Release> imported(DynoName name) {
        try {
            return Optional.of(Release.of(Fields.read(directory(name).resolve(RELEASE))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Config vars of one that was imported whose values did not come along. */
    public Set<String> missing(DynoName name) {
        try {
            return Fields.read(directory(name).resolve(MISSING)).values().keySet();
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** The slugs and the versions of the releases that these need to be run once more. */
    void addNeeded(Set<SlugId> slugs, Set<Integer> releases, int keep) {
        int count = 0;
        for (Run run : all()) {
            if (count++ >= keep && !isImported(run.name())) {
                continue; // an imported one may have ended long ago and is kept all the same
            }
            if (SlugId.isId(run.source().slug())) {
                slugs.add(new SlugId(run.source().slug()));
            }
            if (run.source().release() > 0) {
                releases.add(run.source().release());
            }
        }
    }

    /**
     * Keeps it; where that cannot be, as on a full disk, the log has its status all the same. May
     * be called again where the first call was cut off.
     *
     * @param dyno its own directory, of which is taken what is kept; null where that has gone
     * @param sandbox whether to keep all of that
     */
    void keep(Run run, @Nullable Path dyno, boolean sandbox) {
        Path made = directory.resolve(Entrance.NEW + run.name());
        try {
            if (find(run.name()).filter(known -> known.id().equals(run.id())).isPresent()) {
                take(CHANGES, dyno, directory(run.name()));
                take(SANDBOX, dyno, directory(run.name()));
                return; // it was opened again
            }
            home.directory(directory);
            home.directory(made);
            take(CHANGES, dyno, made);
            if (sandbox) {
                take(SANDBOX, dyno, made);
            }
            run.fields().write(made.resolve(RECORD));
            Path kept = directory(run.name());
            forget(kept); // an older one, whose log was removed meanwhile
            Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UserError e) {
            Removal.removeSoon(made); // as said above
        }
    }

    /**
     * Gives what is kept of a sandbox to a dyno that is to open it again.
     *
     * @param dyno its own directory, new
     */
    void reopen(DynoName name, Path dyno) throws IOException {
        take(List.of(UPPER), directory(name), dyno);
        for (String each : SANDBOX) {
            if (Files.exists(directory(name).resolve(each), LinkOption.NOFOLLOW_LINKS)) {
                Removal.remove(dyno.resolve(each));
            }
        }
        take(SANDBOX, directory(name), dyno);
    }

    private static void take(List<String> names, @Nullable Path from, Path to) throws IOException {
        if (from == null) {
            return;
        }
        for (String name : names) {
            if (name.equals(UPPER) && Sweep.entries(from.resolve(UPPER)).isEmpty()) {
                continue; // it has changed nothing
            }
            try {
                move(from.resolve(name), to.resolve(name));
            } catch (NoSuchFileException e) {
                // There is none, or it was taken by a call that was cut off.
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AccessDeniedException e) {
            // A directory its owner may not write to, as after chmod 555 /app, cannot change place.
            if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            Set<PosixFilePermission> had = Files.getPosixFilePermissions(from);
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwx------"));
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            Files.setPosixFilePermissions(to, had);
        }
    }

    /**
     * Forgets one, with all that is kept of it.
     *
     * @return false where it is not known
     */
    public boolean remove(DynoName name) {
        Path kept = directory(name);
        boolean known = Files.exists(kept, LinkOption.NOFOLLOW_LINKS);
        forget(kept);
        return known;
    }

    private static void forget(Path kept) {
        Path gone =
                kept.resolveSibling(Entrance.GONE + kept.getFileName() + "-" + System.nanoTime());
        try {
            Files.move(kept, gone, StandardCopyOption.ATOMIC_MOVE);
            Removal.removeSoon(gone);
        } catch (IOException e) {
            // There was none, or another was quicker.
        }
    }

    /** Forgets all but the last ones, and what killed predecessors left half-forgotten. */
    static void prune(Path directory, int keep) {
        int runs = 0;
        for (String name : Sweep.names(directory)) {
            if (name.startsWith(Entrance.GONE) || (name.startsWith(WORKSPACE) && isLeft(name))) {
                Removal.removeSoon(directory.resolve(name));
            } else if (DynoName.isValid(name)) {
                runs++;
            }
        }
        if (runs > keep + keep / SLACK) {
            pruneTo(directory, keep);
        }
    }

    private static void pruneTo(Path directory, int keep) {
        record Kept(Path path, FileTime written) {}
        var all = new ArrayList<Kept>();
        for (Path entry : Sweep.entries(directory)) {
            if (DynoName.isValid(entry.getFileName().toString())) {
                try {
                    all.add(new Kept(entry, written(entry)));
                } catch (IOException e) {
                    // pruned by another
                }
            }
        }
        all.sort(Comparator.comparing(Kept::written));
        all.subList(0, Math.max(0, all.size() - keep)).forEach(old -> forget(old.path()));
    }

    private static FileTime written(Path entry) throws IOException {
        try {
            return Files.getLastModifiedTime(entry.resolve(RECORD), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
