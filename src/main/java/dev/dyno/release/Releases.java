package dev.dyno.release;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.slug.Removal;
import dev.dyno.slug.Slug;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The releases of an app, and the making of the next. */
public final class Releases {
    private final Ledger ledger;
    private final Path app;

    /**
     * @param keep how many releases are kept, 1 or more
     * @param inUse what is kept beside them, asked when others are about to be removed
     */
    public Releases(Home home, App app, InstantSource clock, int keep, Supplier<InUse> inUse) {
        if (keep < 1) {
            throw new UserError(
                    "DYNO_KEEP_RELEASES is " + keep,
                    "Set it to 1 or more, or to nothing: then 10.");
        }
        this.ledger = new Ledger(home, app, clock, keep, inUse);
        this.app = app.directory();
    }

    /** Where a new one comes to lie; it need not exist. */
    public Path directory() {
        return ledger.files().directory();
    }

    /** What the last question found out of order, a line each. */
    public List<String> warnings() {
        return List.copyOf(ledger.warnings());
    }

    public Optional<Release> current() {
        ledger.warnings().clear();
        return ledger.newest();
    }

    /** All that can be read, the newest first. */
    public List<Release> all() {
        ledger.warnings().clear();
        var all = new ArrayList<Release>();
        for (int version : ledger.files().versions(ledger.warnings())) {
            ledger.files().read(version, ledger.warnings()).ifPresent(all::add);
        }
        return all;
    }

    /** 11 for {@code v11} and for {@code 11}; nothing for what names no release. */
    public static Optional<Integer> version(String text) {
        int version = ReleaseFiles.version(text.startsWith("v") ? text : "v".concat(text));
        return version > 0 ? Optional.of(version) : Optional.empty();
    }

    public Optional<Release> find(int version) {
        ledger.warnings().clear();
        return ledger.files().versions(ledger.warnings()).contains(version)
                ? ledger.files().read(version, ledger.warnings())
                : Optional.empty();
    }

    /**
     * How the release phase of a release went; nothing where none was begun, as for an app without
     * one, whose releases count as succeeded.
     */
    public Optional<Status> status(int version) {
        ledger.warnings().clear();
        return ledger.files().phases().status(version, ledger.warnings());
    }

    /** Whether it can be rolled back to: its release phase has not failed, nor is it running. */
    public boolean isEligibleForRollback(Release release) {
        return status(release.version()).orElse(Status.SUCCEEDED) == Status.SUCCEEDED;
    }

    /**
     * @throws UserError where the state cannot be written
     */
    public void setStatus(int version, Status status) {
        try {
            ledger.files().phases().setStatus(version, status);
        } catch (IOException e) {
            throw ledger.unwritten("the status of release v" + version, e);
        }
    }

    /** What its release phase wrote, as it wrote it; where there is no such file, nothing. */
    public Path output(int version) {
        return ledger.files().phases().output(version);
    }

    /**
     * The same file made empty, its user's alone, for a release phase to be written to.
     *
     * @throws UserError where the state cannot be written
     */
    public Path newOutput(int version) {
        try {
            return ledger.files().phases().newOutput(version);
        } catch (IOException e) {
            throw ledger.unwritten("the output of release v" + version, e);
        }
    }

    /**
     * The release that a run now is of: the current one where nothing has changed, else a new one.
     * Its config vars are those of {@code env} and those that were set.
     *
     * @param env of the app's .env, or of the files named instead
     * @param nativeAtHand whether the C library is loaded anyway
     * @param stopped asked now and then; once true, this ends with {@code Stopped}
     * @throws UserError where the app cannot be read or the state not be written
     */
    public Deploy deploy(
            ConfigVars env, String user, boolean nativeAtHand, BooleanSupplier stopped) {
        var attempt = new Attempt(ledger, env, nativeAtHand, stopped);
        AppLock lock = ledger.lock(true, stopped);
        try {
            attempt.look();
            if (!attempt.isDue()) {
                return attempt.deploy(lock);
            }
            lock.close();
            int seen = attempt.version();
            lock = ledger.lock(false, stopped);
            if (lock.hasWaited() || ledger.lastVersion() != seen) {
                attempt.look();
            }
            return attempt.make(user, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * A release once more, for a one-off that is run again: nothing is looked at or made.
     *
     * @return nothing where its slug is no more
     */
    public Optional<Deploy> again(Release release, BooleanSupplier stopped) {
        AppLock lock = ledger.lock(true, stopped);
        Optional<Slug> slug = ledger.slug(release);
        if (slug.isEmpty()) {
            lock.close();
        }
        return slug.map(found ->
                new Deploy(
                        release,
                        found,
                        Change.NONE,
                        List.of(),
                        List.of(),
                        lock,
                        !ledger.has(release)));
    }

    /**
     * Takes in a slug that was made elsewhere; where it is there already, the one that is stays.
     *
     * @param slug its directory, on the same file system
     * @param then done before anybody can take the slug away again
     * @throws UserError where the state cannot be written
     */
    public <T> T adopt(SlugId id, Path slug, Supplier<T> then) {
        try (var _ = ledger.lock(false, Releases::never)) {
            ledger.adopt(id, slug);
            return then.get();
        }
    }

    /** A slug that is still kept. */
    public Optional<Slug> slug(SlugId id) {
        return ledger.slug(id);
    }

    /**
     * The rollback in force, which the next run is of though the app's directory is another.
     *
     * @param env what .env holds; asked only where there may be one
     */
    public Optional<Release> rollback(Supplier<ConfigVars> env) {
        if (current().filter(release -> release.rollback().isPresent()).isEmpty()) {
            return Optional.empty();
        }
        try (var _ = ledger.lock(true, Releases::never)) {
            var attempt = new Attempt(ledger, env.get(), false, Releases::never);
            attempt.look();
            return Optional.ofNullable(attempt.rollback());
        }
    }

    /** Where the files of the next run lie: the app's directory, or the slug of a rollback. */
    public Path files(Supplier<ConfigVars> env) {
        return rollback(env).flatMap(ledger::slug).map(Slug::files).orElse(app);
    }

    /** The config vars of the next run. */
    public Config config(ConfigVars env) {
        ConfigVars project = rollback(() -> env).map(made -> made.vars().env()).orElse(env);
        return ledger.config(project);
    }

    /**
     * Writes down what config vars an app has from its first use on.
     *
     * @return false where it was used before; nothing is changed then
     */
    public boolean begin(ConfigVars set) {
        try (var _ = ledger.lock(false, Releases::never)) {
            if (ledger.set().exists() || ledger.lastVersion() > 0) {
                return false;
            }
            ledger.set().write(set);
            return true;
        }
    }

    /**
     * Changes the config vars that were set, and makes a release of it: of the files of the newest
     * release, which are not looked at. All of it, or nothing.
     *
     * @return the newest release after it, which is the one before where nothing has changed
     * @throws UserError where there is no release yet, where these are more than an app may have,
     *     and where the state cannot be written
     */
    public Release change(ConfigChange change, String user) {
        return amend(user, amendment -> amendment.change(change));
    }

    /**
     * Makes a release of the files and config of an earlier one. It stays in force until the app's
     * directory changes.
     *
     * @param env what .env holds
     * @throws UserError where it has gone or its files have, and where the state cannot be written
     */
    public Release rollBackTo(Release target, ConfigVars env, String user) {
        return amend(user, amendment -> amendment.rollBackTo(target, env, Releases::never));
    }

    /**
     * Removes all that is kept of the app: releases with their config vars, slugs, logs. Its
     * directory is not touched.
     *
     * @throws UserError where dynos run, and where the state cannot be written
     */
    public void destroy() {
        Path gone;
        try (var _ = ledger.lock(false, Releases::never)) {
            gone = ledger.moveAside();
        }
        Removal.removeSoon(gone);
    }

    /** Makes a release of what the newest is, whose release phase is run again. */
    public Release retry(String user) {
        return amend(user, Amendment::again);
    }

    private Release amend(String user, Function<Amendment, Release> change) {
        try (var _ = ledger.lock(false, Releases::never)) {
            Release now =
                    current()
                            .orElseThrow(() ->
                                    new UserError(
                                            "the app has no releases",
                                            "A run makes the first: "
                                                    + CalledAs.NAME
                                                    + " run true"));
            return change.apply(new Amendment(ledger, now, user));
        }
    }

    private static boolean never() {
        return false;
    }
}
