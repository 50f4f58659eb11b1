package dev.dyno.change;

import dev.dyno.UserError;
import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a dyno that has ended: the files it made or changed, as a directory {@code upper}
 * over the slug, and a file {@code deleted} with the paths it deleted. Files are moved, not copied,
 * so it has to be on the same file system. {@link Changes#inStored} reads it.
 */
public final class Harvest {
    public static final String UPPER = "upper";
    public static final String DELETED = "deleted";

    private final List<Name> deleted = new ArrayList<>();
    private final List<Name> left = new ArrayList<>();

    private Harvest() {}

    /**
     * Of a copy of the slug, of which only what the dyno did not change is left.
     *
     * @param target an existing directory
     * @param nativeAtHand whether the C library is loaded anyway
     * @return what could not be moved for want of permissions
     * @throws UserError where it cannot be read or written
     */
    public static List<Name> ofCopy(Path slug, Path copy, Path target, boolean nativeAtHand) {
        var harvest = new Harvest();
        return harvest.into(
                target,
                copy,
                () -> {
                    Files.createDirectory(target.resolve(UPPER));
                    try (Folder old = Folder.open(slug, nativeAtHand);
                            Folder now = Folder.open(copy, nativeAtHand);
                            Folder upper = Folder.open(target.resolve(UPPER), nativeAtHand)) {
                        Shelf root = Shelf.root(now, upper);
                        harvest.copied(Name.ROOT, old, root);
                        root.finish();
                    }
                });
    }

    /**
     * Of an overlay's upper directory, which is moved as it is; the kernel's marks in it become
     * deleted paths.
     *
     * @param target an existing directory
     * @return what could not be looked into for want of permissions
     * @throws UserError where it cannot be read or written
     */
    public static List<Name> ofOverlay(Path upper, Path target) {
        var harvest = new Harvest();
        return harvest.into(
                target,
                upper,
                () -> {
                    Path moved = Files.move(upper, target.resolve(UPPER));
                    try (Folder root = Folder.open(moved, true)) {
                        harvest.layered(Name.ROOT, root);
                    }
                });
    }

    private interface Work {
        void run() throws IOException;
    }

    private List<Name> into(Path target, Path from, Work work) {
        try {
            work.run();
            Gone.write(deleted, target.resolve(DELETED));
        } catch (IOException e) {
            throw Changes.failure("cannot keep what is in " + Printable.escape("" + from), e);
        }
        return List.copyOf(left);
    }

    private void copied(Name path, Folder old, Shelf shelf) throws IOException {
        var names = new TreeMap<String, byte[]>();
        for (Folder each : List.of(old, shelf.now())) {
            for (byte[] name : each.names()) {
                names.put(new String(name, StandardCharsets.ISO_8859_1), name);
            }
        }
        for (byte[] name : names.values()) {
            try {
                copied(path.child(name), name, old, shelf);
            } catch (AccessDeniedException e) {
                left.add(path.child(name));
            }
        }
    }

    private void copied(Name path, byte[] name, Folder old, Shelf shelf) throws IOException {
        Stat before = stat(old, name);
        Stat after = stat(shelf.now(), name);
        if (after != null && after.isDirectory() && before != null && before.isDirectory()) {
            try (Folder oldBelow = old.open(name);
                    Folder nowBelow = shelf.now().open(name)) {
                Shelf below = new Shelf(shelf, name, nowBelow);
                copied(path, oldBelow, below);
                below.finish();
            }
        } else if (after != null && (after.isDirectory() || after.isFile() || after.isLink())) {
            if (before == null || !isSame(name, old, before, shelf.now(), after)) {
                shelf.take(name);
            }
        } else if (before != null) {
            deleted.add(path);
        }
    }

    private static boolean isSame(byte[] name, Folder old, Stat before, Folder now, Stat after)
            throws IOException {
        return before.permissions() == after.permissions()
                && Content.isSame(name, old, before, now, after, true);
    }

    private void layered(Name path, Folder upper) throws IOException {
        if (!path.isRoot() && upper.isOpaque()) {
            deleted.add(path);
        }
        for (byte[] name : upper.names()) {
            Stat stat = upper.stat(name);
            if (stat.isCharacters()) {
                upper.delete(name);
                deleted.add(path.child(name));
            } else if (stat.isDirectory()) {
                try (Folder below = upper.open(name)) {
                    layered(path.child(name), below);
                } catch (AccessDeniedException e) {
                    left.add(path.child(name));
                }
            }
        }
    }

    private static @Nullable Stat stat(Folder folder, byte[] name) throws IOException {
        try {
            return folder.stat(name);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }
}
