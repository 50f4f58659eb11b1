package dev.dyno.release;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.slug.Comparison;
import dev.dyno.slug.Making;
import dev.dyno.slug.Prune;
import dev.dyno.slug.Slug;
import dev.dyno.slug.SlugId;
import dev.dyno.slug.Slugs;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The releases of an app, and the making of the next. */
public final class Releases {
    private final Home home;
    private final Path directory;
    private final Path slugDirectory;
    private final Slugs slugs;
    private final ReleaseFiles files;
    private final InstantSource clock;
    private final int keep;
    private final Supplier<Set<SlugId>> inUse;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param keep how many releases are kept, 1 or more
     * @param inUse the slugs of the dynos that run, asked when others are about to be removed
     */
    public Releases(
            Home home, App app, InstantSource clock, int keep, Supplier<Set<SlugId>> inUse) {
        if (keep < 1) {
            throw new UserError(
                    "DYNO_KEEP_RELEASES is " + keep,
                    "Set it to 1 or more, or to nothing: then 10.");
        }
        this.home = home;
        this.directory = home.app(app.key());
        this.slugDirectory = directory.resolve("slugs");
        this.slugs = new Slugs(slugDirectory, app.directory(), home.root(), clock);
        this.files = new ReleaseFiles(directory.resolve("releases"));
        this.clock = clock;
        this.keep = keep;
        this.inUse = inUse;
    }

    /** Where a new one comes to lie; it need not exist. */
    public Path directory() {
        return files.directory();
    }

    public Slugs slugs() {
        return slugs;
    }

    /** What the last question found out of order, a line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public Optional<Release> current() {
        warnings.clear();
        return newest(files.versions(warnings));
    }

    /** All that can be read, the newest first. */
    public List<Release> all() {
        warnings.clear();
        var all = new ArrayList<Release>();
        for (int version : files.versions(warnings)) {
            files.read(version, warnings).ifPresent(all::add);
        }
        return all;
    }

    /** 11 for {@code v11} and for {@code 11}; nothing for what names no release. */
    public static Optional<Integer> version(String text) {
        int version = ReleaseFiles.version(text.startsWith("v") ? text : "v".concat(text));
        return version > 0 ? Optional.of(version) : Optional.empty();
    }

    public Optional<Release> find(int version) {
        warnings.clear();
        return files.versions(warnings).contains(version)
                ? files.read(version, warnings)
                : Optional.empty();
    }

    /**
     * How the release phase of a release went; nothing where none was begun, as for an app without
     * one, whose releases count as succeeded.
     */
    public Optional<Status> status(int version) {
        warnings.clear();
        return files.phases().status(version, warnings);
    }

    /**
     * @throws UserError where the state cannot be written
     */
    public void setStatus(int version, Status status) {
        try {
            files.phases().setStatus(version, status);
        } catch (IOException e) {
            throw unwritten("the status of release v" + version, e);
        }
    }

    /** What its release phase wrote, as it wrote it; where there is no such file, nothing. */
    public Path output(int version) {
        return files.phases().output(version);
    }

    /**
     * The same file made empty, its user's alone, for a release phase to be written to.
     *
     * @throws UserError where the state cannot be written
     */
    public Path newOutput(int version) {
        try {
            return files.phases().newOutput(version);
        } catch (IOException e) {
            throw unwritten("the output of release v" + version, e);
        }
    }

    private UserError unwritten(String what, IOException e) {
        return new UserError(
                "cannot write " + what + ": " + e.getMessage(),
                "Free some space in " + files.directory() + ".");
    }

    private Optional<Release> newest(List<Integer> versions) {
        for (int version : versions) {
            Optional<Release> release = files.read(version, warnings);
            if (release.isPresent()) {
                return release;
            }
        }
        return Optional.empty();
    }

    /**
     * The release that a run now is of: the current one where nothing has changed, else a new one.
     *
     * @param nativeAtHand whether the C library is loaded anyway
     * @param stopped asked now and then; once true, this ends with {@code Stopped}
     * @throws UserError where the app cannot be read or the state not be written
     */
    public Deploy deploy(
            ConfigVars config, String user, boolean nativeAtHand, BooleanSupplier stopped) {
        home.directory(directory);
        Path lockFile = directory.resolve("lock");
        var attempt = new Attempt(config, user, nativeAtHand, stopped);
        AppLock lock = AppLock.take(lockFile, true, stopped);
        try {
            attempt.look();
            if (!attempt.isDue()) {
                return attempt.deploy(List.of(), lock);
            }
            lock.close();
            int seen = attempt.version();
            lock = AppLock.take(lockFile, false, stopped);
            if (lock.hasWaited() || attempt.versionNow() != seen) {
                attempt.look();
            }
            return attempt.make(lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** One deploy: looked at under the shared lock, and again under the other if need be. */
    private final class Attempt {
        private final ConfigVars config;
        private final String user;
        private final boolean nativeAtHand;
        private final BooleanSupplier stopped;
        private int last;
        private @Nullable Release before;
        private @Nullable Comparison comparison;

        Attempt(ConfigVars config, String user, boolean nativeAtHand, BooleanSupplier stopped) {
            this.config = config;
            this.user = user;
            this.nativeAtHand = nativeAtHand;
            this.stopped = stopped;
        }

        void look() {
            warnings.clear();
            List<Integer> versions = files.versions(warnings);
            last = versions.isEmpty() ? 0 : versions.get(0);
            before = newest(versions).orElse(null);
            SlugId slug = before == null ? null : before.slug();
            Comparison found = slugs.compare(slug, nativeAtHand, stopped);
            warnings.addAll(found.warnings());
            comparison = found;
        }

        private Comparison comparison() {
            return java.util.Objects.requireNonNull(comparison);
        }

        int version() {
            return last;
        }

        int versionNow() {
            List<Integer> versions = files.versions(new ArrayList<>());
            return versions.isEmpty() ? 0 : versions.get(0);
        }

        boolean isDue() {
            Slug slug = comparison().unchanged().orElse(null);
            return slug == null || !Change.of(before, slug.id(), config).isNone();
        }

        Deploy deploy(List<Path> gone, AppLock lock) {
            Slug slug = comparison().unchanged().orElseThrow();
            Release release = java.util.Objects.requireNonNull(before);
            Change none = Change.of(release, slug.id(), config);
            return new Deploy(release, slug, none, warnings, gone, lock);
        }

        Deploy make(AppLock lock) {
            Slug slug = comparison().unchanged().orElse(null);
            if (slug == null) {
                home.directory(slugDirectory);
                // The first snapshot may be large, and happens once: the C library then pays or
                // hardly costs.
                Making made = slugs.make(comparison(), nativeAtHand || before == null, stopped);
                warnings.addAll(made.warnings());
                slug = made.slug();
            }
            Change change = Change.of(before, slug.id(), config);
            Release release = before;
            if (release == null || !change.isNone()) {
                release =
                        new Release(
                                last + 1,
                                UUID.randomUUID().toString(),
                                slug.id(),
                                config,
                                change.description(slug.id()),
                                user,
                                clock.instant());
                write(release);
            }
            return new Deploy(release, slug, change, warnings, prune(slug.id()), lock);
        }

        private void write(Release release) {
            home.directory(files.directory());
            try {
                files.write(release);
            } catch (IOException e) {
                throw unwritten("release " + release.name(), e);
            }
        }
    }

    private List<Path> prune(SlugId current) {
        Set<SlugId> kept = new HashSet<>();
        kept.add(current);
        int count = 0;
        for (int version : files.versions(new ArrayList<>())) {
            if (count >= keep) {
                files.delete(version);
                continue;
            }
            Optional<Release> release = files.read(version, new ArrayList<>());
            if (release.isPresent()) {
                kept.add(release.get().slug());
                count++;
            }
        }
        return Prune.slugs(slugDirectory, kept, inUse.get(), warnings);
    }
}
