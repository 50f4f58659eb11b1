package dev.dyno.release;

import dev.dyno.slug.Prune;
import dev.dyno.slug.Removal;
import java.nio.file.Path;
import java.util.List;

/** Slugs whose making was cut off, since dyno was killed. */
public final class HalfMade {
    private HalfMade() {}

    /**
     * Removes those of an app, unless somebody is making one now.
     *
     * @param app the app's state
     */
    public static void sweep(Path app) {
        Path slugs = app.resolve(Ledger.SLUGS);
        if (!Prune.hasUnfinished(slugs)) {
            return;
        }
        List<Path> unfinished;
        try (AppLock lock = AppLock.ifFree(app.resolve(Ledger.LOCK))) {
            unfinished = lock == null ? List.of() : Prune.unfinished(slugs);
        }
        unfinished.forEach(Removal::removeSoon);
    }
}
