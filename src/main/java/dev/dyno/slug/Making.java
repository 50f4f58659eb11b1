package dev.dyno.slug;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A slug on its way: made beside the others, then moved to where its id says. */
public final class Making {
    private final Path directory;
    private final Comparison due;
    private final boolean natively;
    private final Slug slug;
    private final List<String> warnings;

    Making(
            Slugs slugs,
            Path app,
            Comparison due,
            boolean nativeAtHand,
            long start,
            BooleanSupplier stopped) {
        directory = slugs.directory();
        this.due = due;
        natively = nativeAtHand || due.tree().count() >= Comparing.MANY;
        Path fresh =
                directory.resolve(
                        Prune.NEW
                                + ProcessHandle.current().pid()
                                + "-"
                                + Long.toHexString(System.nanoTime()));
        try {
            Path files = fresh.resolve(Slug.FILES);
            Files.createDirectory(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.createDirectory(files);
            warnings = make(files, app, start, stopped);
            SlugId id = SlugHash.of(due.tree());
            slug = slugs.slug(id);
            place(fresh);
        } catch (IOException e) {
            Removal.remove(fresh);
            throw CopyFailure.of(e, fresh.toString());
        } catch (RuntimeException | Error e) {
            Removal.remove(fresh);
            throw e;
        }
    }

    private List<String> make(Path files, Path app, long start, BooleanSupplier stopped)
            throws IOException {
        Slug previous = due.previous();
        Folder target = Folder.open(files, natively);
        Folder old = previous == null ? null : Folder.open(previous.files(), natively);
        return new Make(due.ignore(), true, start, stopped)
                .into(target, Folder.open(app, natively), old, due.tree());
    }

    public Slug slug() {
        return slug;
    }

    /** What of the app was left out and why, a line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void place(Path fresh) throws IOException {
        long rules = due.ignore().fingerprint();
        Path place = slug.directory();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Slug previous = due.previous();
            Entry there =
                    previous != null && previous.id().equals(slug.id()) ? null : intact(place);
            if (there != null) {
                adopt(due.tree(), there);
                Index.write(due.tree(), rules, place.resolve(Slugs.INDEX));
                Removal.removeSoon(fresh);
                return;
            }
            Files.move(place, Prune.gone(place), StandardCopyOption.ATOMIC_MOVE);
        }
        Index.write(due.tree(), rules, fresh.resolve(Slugs.INDEX));
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What lies at the slug's place already; null where it cannot be trusted. */
    private @Nullable Entry intact(Path place) {
        try {
            Index index = Index.read(place.resolve(Slugs.INDEX));
            if (!index.isOfThisBoot()) {
                return null;
            }
            Entry tree = index.tree(new boolean[index.count()]);
            return SlugHash.of(tree).equals(slug.id()) && isIntact(index, tree, place)
                    ? tree
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isIntact(Index index, Entry tree, Path place) throws IOException {
        Path files = place.resolve(Slug.FILES);
        if (natively && LinuxFolder.available()) {
            try (LinuxFolder folder = LinuxFolder.at(files)) {
                return Look.isIntact(index, folder);
            }
        }
        try (Folder folder = Folder.open(files, false)) {
            return isIntact(folder, tree);
        }
    }

    private static boolean isIntact(Folder folder, Entry directory) throws IOException {
        if (!folder.stat().isUntouched(directory.stored())) {
            return false;
        }
        for (Entry below : directory.below) {
            if (!folder.stat(below.name).isUntouched(below.stored())) {
                return false;
            }
            if (below.app.isDirectory()) {
                try (Folder entered = folder.open(below.name)) {
                    if (!isIntact(entered, below)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The app's side of one tree with the slug's side of another of the same content. */
    private static void adopt(Entry tree, Entry there) {
        tree.own = there.own;
        Map<String, Entry> others = HashMap.newHashMap(there.below.size());
        for (Entry other : there.below) {
            others.put(Names.key(other.name), other);
        }
        for (Entry below : tree.below) {
            Entry other = others.get(Names.key(below.name));
            if (other == null) {
                throw new UserError("two slugs of one id differ");
            }
            adopt(below, other);
        }
    }
}
