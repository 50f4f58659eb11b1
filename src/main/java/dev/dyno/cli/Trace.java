package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.change.Changes;
import dev.dyno.change.Harvest;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.slug.SlugId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** What a dyno has changed of its slug: one that runs, or a one-off that has ended. */
record Trace(World world, App app) {
    private static final String APP = "app";

    /**
     * @throws UserError where there is no such dyno, or what it changed is not known
     */
    Changes of(DynoName name) {
        Dynos dynos = world.dynos(app);
        Optional<DynoRecord> alive = dynos.find(name);
        if (alive.isPresent()) {
            DynoRecord dyno = alive.get();
            return running(dynos.directory(dyno), slug(dyno.slug(), name));
        }
        Run run =
                new Runs(world.home(), app)
                        .find(name)
                        .orElseThrow(() ->
                                new UserError(
                                        "there is no " + name,
                                        "See those there are with: "
                                                + CalledAs.NAME
                                                + " ps, or "
                                                + CalledAs.NAME
                                                + " runs"));
        return ended(run);
    }

    /**
     * Of a dyno by its own directory.
     *
     * @param slug its files
     */
    static Changes running(Path directory, Path slug) {
        return Sandboxes.isOverlay(directory)
                ? Changes.inOverlay(slug, directory.resolve(Runs.UPPER))
                : Changes.inCopy(slug, directory.resolve(APP));
    }

    private Changes ended(Run run) {
        Path slug = slug(run.source().slug(), run.name());
        Path kept = new Runs(world.home(), app).directory(run.name());
        Path upper = kept.resolve(Runs.UPPER);
        Path deleted = kept.resolve(Runs.DELETED);
        if (exists(upper) || exists(deleted)) {
            return Changes.inStored(slug, upper, deleted);
        }
        if (!isEmpty(kept.resolve(APP))) {
            return Changes.inCopy(slug, kept.resolve(APP));
        }
        Run.Setting setting = run.setting();
        if (setting == null || !setting.isolation().equals("plain")) {
            return Changes.inStored(slug, upper, deleted); // nothing was written over the slug
        }
        throw new UserError(
                "what " + run.name() + " changed was not kept",
                "It was ended before it could be looked at.");
    }

    /**
     * Keeps what a dyno that has a copy of the slug has changed, beside the copy: then the next
     * look costs what was changed.
     *
     * @param nativeAtHand whether the C library is loaded anyway
     */
    static void store(Path directory, Path slug, boolean nativeAtHand) {
        Harvest.ofCopy(slug, directory.resolve(APP), directory, nativeAtHand);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where an overlay was mounted, the directory is empty. */
    private static boolean isEmpty(Path directory) {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }

    private Path slug(String id, DynoName name) {
        if (!SlugId.isId(id)) {
            throw new UserError(name + " has no files: it did not come so far");
        }
        return world.releases(app)
                .slug(new SlugId(id))
                .orElseThrow(() ->
                        new UserError("the files that " + name + " was made of are no longer kept"))
                .files();
    }
}
