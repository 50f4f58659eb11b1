package dev.dyno.release;

import dev.dyno.app.ConfigVars;
import dev.dyno.slug.Comparison;
import dev.dyno.slug.Making;
import dev.dyno.slug.Slug;
import dev.dyno.slug.SlugId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One deploy: looked at under the shared lock, and again under the other if need be. */
final class Attempt {
    private final Ledger ledger;
    private final ConfigVars env;
    private final boolean nativeAtHand;
    private final BooleanSupplier stopped;
    private int last;
    private @Nullable Release before;
    private @Nullable Comparison comparison;
    private @Nullable Config config;

    Attempt(Ledger ledger, ConfigVars env, boolean nativeAtHand, BooleanSupplier stopped) {
        this.ledger = ledger;
        this.env = env;
        this.nativeAtHand = nativeAtHand;
        this.stopped = stopped;
    }

    /** Compares the directory with the slug it had last, in force or not. */
    void look() {
        ledger.warnings().clear();
        List<Integer> versions = ledger.files().versions(ledger.warnings());
        last = versions.isEmpty() ? 0 : versions.getFirst();
        before = ledger.newest(versions).orElse(null);
        config = ledger.config(env);
        Comparison found =
                ledger.slugs()
                        .compare(before == null ? null : directory(before), nativeAtHand, stopped);
        ledger.warnings().addAll(found.warnings());
        comparison = found;
    }

    private static SlugId directory(Release release) {
        Rollback rollback = release.rollback().orElse(null);
        return rollback == null ? release.slug() : rollback.slug();
    }

    private Comparison comparison() {
        return Objects.requireNonNull(comparison);
    }

    private Config config() {
        return Objects.requireNonNull(config);
    }

    int version() {
        return last;
    }

    boolean isDue() {
        Slug slug = comparison().unchanged().orElse(null);
        return slug == null || !change(slug.id(), rollback(slug.id())).isNone();
    }

    /** The rollback that is in force, the directory's files being these. */
    @Nullable Release rollback(SlugId directory) {
        Release made = before;
        Rollback rollback = made == null ? null : made.rollback().orElse(null);
        return made != null
                        && rollback != null
                        && rollback.holds(directory, env)
                        && ledger.slug(made).isPresent()
                ? made
                : null;
    }

    /** The rollback in force now; null where there is none. */
    @Nullable Release rollback() {
        Slug slug = comparison().unchanged().orElse(null);
        return slug == null ? null : rollback(slug.id());
    }

    private Change change(SlugId directory, @Nullable Release rollback) {
        if (rollback != null) {
            return Change.of(rollback, rollback.slug(), vars(rollback).vars());
        }
        Change change = Change.of(before, directory, config().vars());
        // A rollback that is over is, however much alike both are: the directory counts again.
        return before != null && before.rollback().isPresent() ? change.withFiles() : change;
    }

    private Config vars(@Nullable Release rollback) {
        return rollback == null ? config() : new Config(rollback.vars().env(), config().set());
    }

    Deploy deploy(AppLock lock) {
        Slug slug = comparison().unchanged().orElseThrow();
        return deploy(Objects.requireNonNull(before), Change.NONE, List.of(), lock, slug);
    }

    private Deploy deploy(
            Release release, Change change, List<Path> gone, AppLock lock, Slug directory) {
        // Of a slug that is made anew only this one knows where it is.
        Slug slug =
                release.slug().hex().equals(directory.id().hex())
                        ? directory
                        : ledger.slugs().slug(release.slug());
        return new Deploy(release, slug, change, ledger.warnings(), gone, lock, false);
    }

    Deploy make(String user, AppLock lock) {
        Slug directory = comparison().unchanged().orElse(null);
        if (directory == null) {
            ledger.makeSlugDirectory();
            // The first snapshot may be large, and happens once: the C library then pays or
            // hardly costs.
            Making made =
                    ledger.slugs().make(comparison(), nativeAtHand || before == null, stopped);
            ledger.warnings().addAll(made.warnings());
            directory = made.slug();
        }
        Release rollback = rollback(directory.id());
        Change change = change(directory.id(), rollback);
        Release release = before;
        if (release == null || !change.isNone()) {
            SlugId slug = rollback == null ? directory.id() : rollback.slug();
            release =
                    ledger.write(
                            slug,
                            vars(rollback),
                            rollback == null ? Optional.empty() : rollback.rollback(),
                            change.description(slug),
                            user);
        }
        return deploy(release, change, ledger.prune(), lock, directory);
    }
}
