package dev.dyno.release;

import dev.dyno.slug.Removal;
import dev.dyno.slug.Slug;
import java.nio.file.Path;
import java.util.List;

/**
 * The release that a run is of, and whether it was made for it. The app stays locked, so that
 * nobody takes the slug away, until this is closed: soon, once the dyno's record names it.
 */
public final class Deploy implements AutoCloseable {
    private final Release release;
    private final Slug slug;
    private final Change change;
    private final List<String> warnings;
    private final List<Path> gone;
    private final AppLock lock;
    private final boolean imported;

    /**
     * @param gone what is to be removed once the lock is let go
     */
    Deploy(
            Release release,
            Slug slug,
            Change change,
            List<String> warnings,
            List<Path> gone,
            AppLock lock,
            boolean imported) {
        this.imported = imported;
        this.release = release;
        this.slug = slug;
        this.change = change;
        this.warnings = List.copyOf(warnings);
        this.gone = List.copyOf(gone);
        this.lock = lock;
    }

    public Release release() {
        return release;
    }

    public Slug slug() {
        return slug;
    }

    /** Whether the release was made now. */
    public boolean isNew() {
        return !change.isNone();
    }

    /** Whether it was made because of the app's files. */
    public boolean deploysSlug() {
        return change.files();
    }

    /** Whether the release is none of this app's, but came with an imported one-off. */
    public boolean isImported() {
        return imported;
    }

    /** Whether it is of a rollback, and not of the app's directory. */
    public boolean isRolledBack() {
        return release.rollback().isPresent();
    }

    /** Config vars that it adds or changes. */
    public List<String> setKeys() {
        return change.set();
    }

    /** Config vars that it has no more. */
    public List<String> removedKeys() {
        return change.removed();
    }

    /** What was out of order or left out, a line each. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        lock.close();
        for (Path each : gone) {
            Removal.removeSoon(each);
        }
    }
}
