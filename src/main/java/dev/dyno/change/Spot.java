package dev.dyno.change;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the app's directory has at a path now.
 *
 * @param stat null where there is nothing
 * @param blocked a file or a link that stands where the path has a directory; null where none does
 */
record Spot(Tree app, Name path, @Nullable Stat stat, @Nullable Name blocked) {
    static Spot of(Tree app, Name path) throws IOException {
        Folder folder = app.open();
        Name at = Name.ROOT;
        for (byte[] part : path.parent().parts()) {
            at = at.child(part);
            try (Folder above = folder) {
                folder = above.open(part);
            } catch (NoSuchFileException e) {
                return new Spot(app, path, null, null);
            } catch (NotDirectoryException e) {
                return new Spot(app, path, null, at);
            }
        }
        try (Folder parent = folder) {
            return new Spot(app, path, parent.stat(path.last()), null);
        } catch (NoSuchFileException e) {
            return new Spot(app, path, null, null);
        }
    }

    static boolean isDirectory(Folder folder, byte[] name) throws IOException {
        try {
            return folder.stat(name).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether this version is there, or nothing for null. */
    boolean isOf(@Nullable Version version) throws IOException {
        if (version == null || stat == null) {
            return version == null && stat == null && blocked == null;
        }
        return version.isLikeOneIn(app, stat);
    }

    /**
     * Why the path may not be changed, to stand behind its name; null where it may.
     *
     * @param slug what the slug had there
     * @param going paths that are deleted before
     */
    @Nullable String objection(@Nullable Version slug, Set<Name> going) throws IOException {
        if (blocked != null) {
            return going.contains(blocked)
                    ? null
                    : "lies below " + blocked.shown() + ", which is no directory in the app";
        }
        if (stat == null) {
            return slug == null ? null : "was deleted in the app meanwhile";
        }
        if (stat.isDirectory()) {
            return slug == null && allGoes(path, going)
                    ? null
                    : "is a directory in the app, with more in it";
        }
        if (slug == null) {
            return "is in the app already";
        }
        return isOf(slug) ? null : "was changed in the app meanwhile";
    }

    private boolean allGoes(Name directory, Set<Name> going) throws IOException {
        try (Folder folder = app.open(directory)) {
            for (byte[] name : folder.names()) {
                Name below = directory.child(name);
                if (!(isDirectory(folder, name)
                        ? !isEmpty(below) && allGoes(below, going)
                        : going.contains(below))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isEmpty(Name directory) throws IOException {
        try (Folder folder = app.open(directory)) {
            return folder.names().isEmpty();
        }
    }
}
