package dev.dyno.release;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.slug.Prune;
import dev.dyno.slug.Slug;
import dev.dyno.slug.SlugId;
import dev.dyno.slug.Slugs;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An app's releases, slugs and set config vars as they lie on disk, and the lock on them. */
final class Ledger {
    static final String LOCK = "lock";
    static final String SLUGS = "slugs";

    private final Home home;
    private final Path directory;
    private final Path slugDirectory;
    private final Slugs slugs;
    private final ReleaseFiles files;
    private final SetVars set;
    private final InstantSource clock;
    private final int keep;
    private final Supplier<InUse> inUse;
    private final List<String> warnings = new ArrayList<>();

    Ledger(Home home, App app, InstantSource clock, int keep, Supplier<InUse> inUse) {
        this.home = home;
        this.directory = home.app(app.key());
        this.slugDirectory = directory.resolve(SLUGS);
        this.slugs = new Slugs(slugDirectory, app.directory(), home.root(), clock);
        this.files = new ReleaseFiles(directory.resolve("releases"));
        this.set = new SetVars(directory.resolve("config"));
        this.clock = clock;
        this.keep = keep;
        this.inUse = inUse;
    }

    Slugs slugs() {
        return slugs;
    }

    ReleaseFiles files() {
        return files;
    }

    SetVars set() {
        return set;
    }

    /** What was found out of order since they were last cleared, a line each. */
    List<String> warnings() {
        return warnings;
    }

    /** Waits for the lock, shared to look and alone to change anything. */
    AppLock lock(boolean shared, BooleanSupplier stopped) {
        home.directory(directory);
        return AppLock.take(directory.resolve(LOCK), shared, stopped);
    }

    /** The newest version there is, readable or not; 0 where there is none. */
    int lastVersion() {
        List<Integer> versions = files.versions(new ArrayList<>());
        return versions.isEmpty() ? 0 : versions.getFirst();
    }

    Optional<Release> newest(List<Integer> versions) {
        for (int version : versions) {
            Optional<Release> release = files.read(version, warnings);
            if (release.isPresent()) {
                return release;
            }
        }
        return Optional.empty();
    }

    Optional<Release> newest() {
        return newest(files.versions(warnings));
    }

    /** The config vars of a dyno made now of these files. */
    Config config(ConfigVars env) {
        return new Config(env, set.read(warnings));
    }

    void makeSlugDirectory() {
        home.directory(slugDirectory);
    }

    /** Writes the next release. The app is locked. */
    Release write(
            SlugId slug,
            Config vars,
            Optional<Rollback> rollback,
            String description,
            String user) {
        home.directory(files.directory());
        var release =
                new Release(
                        lastVersion() + 1,
                        UUID.randomUUID().toString(),
                        slug,
                        vars,
                        rollback,
                        description,
                        user,
                        clock.instant());
        try {
            files.write(release);
        } catch (IOException e) {
            throw unwritten("release " + release.name(), e);
        }
        return release;
    }

    UserError unwritten(String what, IOException e) {
        return new UserError(
                "cannot write " + what + ": " + e.getMessage(),
                "Free some space in " + files.directory() + ".");
    }

    /**
     * Forgets releases beyond those that are kept and those in use, and slugs of none. The app is
     * locked.
     *
     * @return what is to be removed once the lock is let go
     */
    List<Path> prune() {
        Set<SlugId> kept = new HashSet<>();
        InUse needed = inUse.get();
        int count = 0;
        for (int version : files.versions(new ArrayList<>())) {
            if (count >= keep && !needed.releases().contains(version)) {
                files.delete(version);
                continue;
            }
            Optional<Release> release = files.read(version, new ArrayList<>());
            if (release.isPresent()) {
                kept.add(release.get().slug());
                // What the directory is compared with.
                release.get().rollback().ifPresent(rollback -> kept.add(rollback.slug()));
                count++;
            }
        }
        return Prune.slugs(slugDirectory, kept, needed.slugs(), warnings);
    }

    /** All of the app's state, to be removed. The app is locked. */
    Path moveAside() {
        if (inUse.get().dynos()) {
            throw new UserError("dynos of the app run", "See them with: " + CalledAs.NAME + " ps");
        }
        String name =
                ".gone-" + directory.getFileName() + "-" + Long.toHexString(System.nanoTime());
        Path aside = directory.resolveSibling(name);
        try {
            return Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError(
                    "cannot remove " + directory + ": " + e.getMessage(),
                    "Look at its permissions.");
        }
    }

    /** Whether it is one of this app's. */
    boolean has(Release release) {
        return files.versions(new ArrayList<>()).contains(release.version())
                && files.read(release.version(), new ArrayList<>())
                        .filter(own -> own.id().equals(release.id()))
                        .isPresent();
    }

    /** Moves a slug to where the others are, unless it is there. The app is locked. */
    void adopt(SlugId id, Path slug) {
        if (slugs.find(id).isPresent()) {
            return;
        }
        makeSlugDirectory();
        try {
            Files.move(slug, slugs.slug(id).directory(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritten("slug " + id.abbreviated(), e);
        }
    }

    Optional<Slug> slug(Release release) {
        return slug(release.slug());
    }

    Optional<Slug> slug(SlugId id) {
        return slugs.find(id);
    }
}
