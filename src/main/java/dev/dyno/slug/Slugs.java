package dev.dyno.slug;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The slugs of one app. Whoever calls holds the app's lock: shared to compare, alone to make or to
 * prune.
 */
public final class Slugs {
    static final String INDEX = "index";

    private final Path directory;
    private final Path app;
    private final Path home;
    private final InstantSource clock;

    /**
     * @param directory of the slugs; need not exist to compare
     * @param app the app's files
     * @param home dyno's state, which is left out should it lie in the app
     */
    public Slugs(Path directory, Path app, Path home, InstantSource clock) {
        this.clock = clock;
        this.directory = directory;
        this.app = app;
        this.home = home;
    }

    Path directory() {
        return directory;
    }

    public Slug slug(SlugId id) {
        return new Slug(id, directory.resolve(id.hex()));
    }

    /** The slug of this id, where there is one. */
    public Optional<Slug> find(SlugId id) {
        Slug slug = slug(id);
        return Files.isDirectory(slug.files(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(slug)
                : Optional.empty();
    }

    /** Reads all of a slug's files: whether they are what the id says. */
    public boolean verify(SlugId id, boolean nativeAtHand, BooleanSupplier stopped) {
        try {
            return Survey.id(slug(id).files(), nativeAtHand, stopped).equals(id);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Compares the app with the slug it had last.
     *
     * @param previous null where it had none
     * @param nativeAtHand whether the C library is loaded anyway; for a large app it is in any case
     * @throws UserError where the app cannot be read
     */
    public Comparison compare(
            @Nullable SlugId previous, boolean nativeAtHand, BooleanSupplier stopped) {
        SlugIgnore ignore = ignore();
        try {
            return new Comparing(app, ignore, Stat.now(clock), stopped)
                    .with(previous == null ? null : slug(previous), nativeAtHand);
        } catch (IOException e) {
            throw CopyFailure.of(e, app.toString());
        }
    }

    /**
     * Makes the slug that a comparison has found to be due.
     *
     * @throws UserError for what cannot be read or written; nothing is left of it then
     */
    public Making make(Comparison due, boolean nativeAtHand, BooleanSupplier stopped) {
        return new Making(this, app, due, nativeAtHand, Stat.now(clock), stopped);
    }

    private SlugIgnore ignore() {
        SlugIgnore ignore;
        try {
            ignore = SlugIgnore.read(app);
        } catch (IOException e) {
            throw CopyFailure.of(e, SlugIgnore.NAME);
        }
        ignore.leavingOut(".env");
        if (home.startsWith(app)) {
            ignore.leavingOut(app.relativize(home).toString());
        }
        return ignore;
    }
}
