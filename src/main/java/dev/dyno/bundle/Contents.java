package dev.dyno.bundle;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import dev.dyno.slug.Folder;
import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * What is in a bundle: its small entries, and where its trees and files were put.
 *
 * @param slug a slug's directory, whose files are not yet known to be what they are said to be
 * @param kept what is kept of the one-off
 * @param log need not be there
 */
record Contents(Manifest manifest, Run run, Release release, Path slug, Path kept, Path log) {
    private static final int LONGEST = 8 << 20;
    static final int LONGEST_DELETED = 32 << 20;
    private static final int LARGEST_WINDOW = 10_000;
    private static final List<String> LEVELS = List.of("namespaces", "plain");

    /**
     * Unpacks all of it.
     *
     * @param directory to do so below; nothing else writes there
     * @throws Damaged where it is not what {@code export} writes
     * @throws IOException where it cannot be written
     */
    static Contents unpack(Entries from, Path directory) throws IOException {
        byte[] manifestBytes = from.take(Manifest.NAME, LONGEST);
        byte[] runBytes = from.take(Export.RUN, LONGEST);
        byte[] releaseBytes = from.take(Export.RELEASE, LONGEST);
        Manifest manifest;
        Run run;
        Release release;
        try {
            manifest = Manifest.of(Fields.of(manifestBytes));
            run = Run.of(Fields.of(runBytes)).orElseThrow(IllegalArgumentException::new);
            release = Release.of(Fields.of(releaseBytes));
            check(manifest, run, release);
        } catch (IllegalArgumentException | UserError e) {
            throw new Damaged("what it says of the one-off is incomplete");
        }
        Path slug = directory.resolve("slugs").resolve(release.slug().hex());
        Path files = Files.createDirectories(slug.resolve("files"));
        tree(from, Export.SLUG, files, manifest.slug());
        Path kept = Files.createDirectory(directory.resolve("kept"));
        if (from.name().equals(Export.CHANGES)) {
            Path upper = Files.createDirectory(kept.resolve(Runs.UPPER));
            tree(from, Export.CHANGES, upper, manifest.changes());
        }
        if (from.name().equals(Export.DELETED)) {
            byte[] deleted = from.take(Export.DELETED, LONGEST_DELETED);
            checkDeleted(deleted);
            Files.write(kept.resolve(Runs.DELETED), deleted);
        }
        file(from, Export.RECORDING, kept);
        file(from, Export.LOG, directory);
        if (from.header() != null) {
            throw new Damaged("it has an entry that no dyno writes");
        }
        return new Contents(manifest, run, release, slug, kept, directory.resolve(Export.LOG));
    }

    private static void check(Manifest manifest, Run run, Release release) throws Damaged {
        DynoSize.parse(run.size());
        var masked = new HashMap<String, String>();
        manifest.masked().forEach(name -> masked.put(name, ""));
        masked.keySet().retainAll(new ConfigVars(masked).values().keySet());
        Run.Setting setting = run.setting();
        boolean settled =
                setting == null
                        || (LEVELS.contains(setting.isolation())
                                && setting.columns() >= 0
                                && setting.columns() <= LARGEST_WINDOW
                                && setting.rows() >= 0
                                && setting.rows() <= LARGEST_WINDOW);
        if (!settled
                || run.end() == null
                || !run.source().slug().equals(release.slug().hex())
                || !run.source().releaseId().equals(release.id())) {
            throw new Damaged("what it says of the one-off contradicts itself");
        }
    }

    private static void tree(Entries from, String prefix, Path root, Manifest.Count said)
            throws IOException {
        try (var tree = new TreeIn(prefix)) {
            tree.takeAll(from, root);
            if (!new Manifest.Count(tree.entries(), tree.bytes()).equals(said)) {
                throw new Damaged("it does not have the files it says it has");
            }
        }
    }

    private static void file(Entries from, String name, Path directory) throws IOException {
        Header header = from.header();
        if (header != null && from.name().equals(name)) {
            try (Folder folder = Folder.open(directory, true)) {
                folder.receive(header.name(), from.contents(), header.size(), 0600, 0);
            }
            from.advance();
        }
    }

    /** Each is a path below the app, with a NUL behind it. */
    private static void checkDeleted(byte[] paths) throws Damaged {
        if (paths.length == 0) {
            return;
        }
        String text = new String(paths, StandardCharsets.ISO_8859_1);
        boolean good = text.endsWith("\0");
        for (String path : text.substring(0, Math.max(0, text.length() - 1)).split("\0", -1)) {
            for (String part : path.split("/", -1)) {
                good &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
            }
        }
        if (!good) {
            throw new Damaged("a name in it leads elsewhere, or is none");
        }
    }

    /** Config vars that are still to be given a value. */
    List<String> masked() {
        return Arrays.asList(manifest.masked().toArray(String[]::new));
    }
}
