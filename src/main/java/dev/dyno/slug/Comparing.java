package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One comparison of the app with a slug: the quick look first, then as close as is needed. */
final class Comparing {
    /** From so many entries on, loading the C library pays. */
    static final int MANY = 500;

    private final Path app;
    private final SlugIgnore ignore;
    private final BooleanSupplier stopped;

    /** When this began, nanoseconds since 1970: what changed shortly before is not trusted. */
    private final long start;

    private final List<String> warnings = new ArrayList<>();

    Comparing(Path app, SlugIgnore ignore, long start, BooleanSupplier stopped) {
        this.start = start;
        this.app = app;
        this.ignore = ignore;
        this.stopped = stopped;
    }

    Comparison with(@Nullable Slug slug, boolean nativeAtHand) throws IOException {
        Index index = slug == null ? null : index(slug);
        if (slug == null || index == null) {
            return anew();
        }
        boolean natively = (nativeAtHand || index.count() >= MANY) && LinuxFolder.available();
        var known = new boolean[index.count()];
        if (natively) {
            boolean trusting = index.isOfThisBoot() && index.hasRules(ignore.fingerprint());
            try (LinuxFolder files = LinuxFolder.at(slug.files());
                    LinuxFolder here = LinuxFolder.at(app)) {
                var slugLook = new SlugLook(index, files);
                if (trusting) {
                    Look look = Look.atApp(index, here);
                    if (look.isAllKnown() && slugLook.isIntact()) {
                        return Comparison.unchanged(ignore, slug, warnings);
                    }
                    known = look.known();
                }
                if (!slugLook.isIntact()) {
                    return tampered(slug);
                }
            }
        }
        return closer(slug, index, known, natively);
    }

    private Comparison closer(Slug slug, Index index, boolean[] known, boolean natively)
            throws IOException {
        Entry old;
        try {
            old = index.tree(known);
        } catch (IOException e) {
            warnings.add(unusable(slug, e));
            return anew();
        }
        boolean sameBoot = index.isOfThisBoot();
        boolean sameRules = index.hasRules(ignore.fingerprint());
        if (!sameBoot || !sameRules) {
            distrust(old, sameBoot);
        }
        var compare = new Compare(ignore, !natively, start, stopped);
        Entry tree =
                compare.of(Folder.open(app, natively), Folder.open(slug.files(), natively), old);
        if (compare.isTampered()) {
            return tampered(slug);
        }
        if (compare.isChanged()) {
            return Comparison.changed(ignore, slug, tree, warnings);
        }
        if (compare.isRefreshed() || !sameBoot || !sameRules) {
            try {
                Index.write(tree, ignore.fingerprint(), slug.directory().resolve(Slugs.INDEX));
            } catch (IOException e) {
                // It would only have made the next run quicker.
            }
        }
        return Comparison.unchanged(ignore, slug, warnings);
    }

    /** After a power cut only contents tell; under other rules a directory's names do. */
    private static void distrust(Entry entry, boolean onlyDirectories) {
        if (!onlyDirectories || entry.app.isDirectory()) {
            entry.trusted = false;
        }
        for (Entry below : entry.below) {
            distrust(below, onlyDirectories);
        }
    }

    private Comparison anew() throws IOException {
        try (Folder folder = NioFolder.at(app)) {
            return Comparison.changed(
                    ignore, null, new Entry(new byte[0], folder.stat()), warnings);
        }
    }

    private Comparison tampered(Slug slug) throws IOException {
        warnings.add(
                "slug "
                        + slug.id().abbreviated()
                        + " was changed in "
                        + CopyFailure.shown(slug.files().toString())
                        + "; it is made anew");
        return anew();
    }

    private @Nullable Index index(Slug slug) {
        if (!Files.exists(slug.directory(), LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            Index index = Index.read(slug.directory().resolve(Slugs.INDEX));
            if (Files.isDirectory(slug.files(), LinkOption.NOFOLLOW_LINKS)) {
                return index;
            }
            throw new IOException("its files are gone");
        } catch (IOException e) {
            warnings.add(unusable(slug, e));
            return null;
        }
    }

    private static String unusable(Slug slug, IOException e) {
        Path index = slug.directory().resolve(Slugs.INDEX);
        return "slug "
                + slug.id().abbreviated()
                + " is made anew: "
                + CopyFailure.shown(index.toString())
                + " cannot be used: "
                + e.getMessage();
    }
}
