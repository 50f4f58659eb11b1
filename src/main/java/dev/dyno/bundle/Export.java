package dev.dyno.bundle;

import dev.dyno.UserError;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import dev.dyno.slug.Folder;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes a one-off that has ended, with all that it takes to run it again and all that is known of
 * how it went, as one stream. The same one-off makes the same bytes.
 */
public final class Export {
    static final String RUN = "run";
    static final String RELEASE = "release";
    static final String SLUG = "slug/";
    static final String CHANGES = "changes/";
    static final String DELETED = "deleted";
    static final String RECORDING = "recording.cast";
    static final String LOG = "log";

    private final String app;
    private final Choice.Masked masked;
    private final Path slug;
    private final Path kept;
    private final Path log;
    private int leftOut;

    /**
     * @param app what it is called
     * @param slug the files of the release
     * @param kept the directory of what is kept of the one-off
     * @param log its log; need not be there
     * @throws UserError where a config var is chosen that there is not
     */
    public Export(
            String app, Run run, Release release, Choice choice, Path slug, Path kept, Path log) {
        this.app = app;
        this.masked = choice.of(run, release);
        this.slug = slug;
        this.kept = kept;
        this.log = log;
    }

    /** Config vars whose values are left out. */
    public Set<String> masked() {
        return masked.names();
    }

    /** How many of the files it made or changed are left out, since they cannot be read. */
    public int leftOut() {
        return leftOut;
    }

    /**
     * Writes all of it; {@code to} stays open.
     *
     * @throws UserError where it is more than {@code import} takes, or cannot be read
     * @throws IOException where it cannot be written
     */
    public void writeTo(OutputStream to) throws IOException {
        try (var packer = new Packer(to)) {
            write(new Archive(packer));
            packer.seal();
        } catch (Damaged e) {
            throw new UserError(
                    masked.run().name()
                            + " cannot be put into a file that is imported again: "
                            + e.getMessage(),
                    "What the app does not need can be left out by .slugignore.");
        }
    }

    private void write(Archive archive) throws IOException {
        Path upper = kept.resolve(Runs.UPPER);
        boolean changed = Files.isDirectory(upper, LinkOption.NOFOLLOW_LINKS);
        Bounds bounds = Bounds.usual(Long.MAX_VALUE);
        TreeOut files = tree(null, SLUG, slug, bounds);
        var manifest =
                new Manifest(
                        app,
                        Manifest.Count.of(files),
                        changed
                                ? Manifest.Count.of(tree(null, CHANGES, upper, bounds))
                                : Manifest.Count.NOTHING,
                        masked.names());
        archive.add(Manifest.NAME, manifest.fields().bytes());
        archive.add(RUN, masked.run().fields().bytes());
        archive.add(RELEASE, masked.release().fields().bytes());
        Bounds again = Bounds.usual(Long.MAX_VALUE);
        tree(archive, SLUG, slug, again);
        boolean known = isFile(kept.resolve(Runs.DELETED)); // be it that nothing was deleted
        byte[] deleted = stored(kept.resolve(Runs.DELETED));
        if (changed) {
            TreeOut changes = tree(archive, CHANGES, upper, again);
            leftOut = changes.leftOut();
            deleted = joined(deleted, changes.deleted());
        }
        if (deleted.length > Contents.LONGEST_DELETED) {
            throw new Damaged("it has deleted too many files");
        }
        if (known || deleted.length > 0) {
            archive.add(DELETED, deleted);
        }
        addIfThere(archive, RECORDING, kept.resolve(Runs.RECORDING));
        addIfThere(archive, LOG, log);
    }

    private static TreeOut tree(
            @org.jspecify.annotations.Nullable Archive archive,
            String prefix,
            Path root,
            Bounds bounds)
            throws IOException {
        var tree = new TreeOut(archive, prefix, prefix.equals(CHANGES), bounds);
        try (Folder folder = Folder.open(root, true)) {
            tree.write(folder);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new UserError(
                    "cannot read "
                            + Printable.escape(String.valueOf(e.getFile()))
                            + " of the app: Permission denied");
        }
        return tree;
    }

    private static byte[] stored(Path deleted) throws IOException {
        return isFile(deleted) ? Files.readAllBytes(deleted) : new byte[0];
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static void addIfThere(Archive archive, String name, Path file) throws IOException {
        if (isFile(file)) {
            archive.add(name, file);
        }
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
