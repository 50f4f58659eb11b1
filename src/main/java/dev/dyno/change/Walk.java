package dev.dyno.change;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the slug's files and what a dyno made of them, side by side. Where the dyno's are a
 * layer over the slug's, only the layer is gone through.
 */
final class Walk {
    private final Tree slug;
    private final Tree dyno;

    /** The dyno's files are an overlay's upper layer, or stored like one. */
    private final boolean layered;

    private final List<Change> changes = new ArrayList<>();
    private final List<Name> unread = new ArrayList<>();

    Walk(Tree slug, Tree dyno, boolean layered) {
        this.slug = slug;
        this.dyno = dyno;
        this.layered = layered;
    }

    /** Sorted by path; nothing is known to be renamed yet. */
    List<Change> changes() {
        changes.sort(java.util.Comparator.comparing(Change::path));
        return changes;
    }

    /** Directories that may not be looked into. */
    List<Name> unread() {
        return unread;
    }

    void run(@Nullable Gone gone) throws IOException {
        try (Folder old = slug.open();
                @Nullable Folder now = layered ? layer() : dyno.open()) {
            visit(Name.ROOT, old, now, !layered || (now != null && now.isOpaque()), gone);
        }
    }

    /** Null where nothing was written at all. */
    private @Nullable Folder layer() throws IOException {
        try {
            return dyno.open();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * @param whole {@code now} is all there is, and hides what it does not have
     */
    private void visit(
            Name path,
            @Nullable Folder old,
            @Nullable Folder now,
            boolean whole,
            @Nullable Gone gone)
            throws IOException {
        var names = new TreeMap<String, byte[]>();
        if (now != null) {
            add(now.names(), names);
        }
        if (old != null && whole) {
            add(old.names(), names);
        }
        if (gone != null) {
            add(gone.names(), names);
        }
        for (byte[] name : names.values()) {
            entry(path.child(name), name, old, now, whole, gone == null ? null : gone.child(name));
        }
    }

    private static void add(List<byte[]> some, Map<String, byte[]> names) {
        for (byte[] name : some) {
            names.put(new String(name, StandardCharsets.ISO_8859_1), name);
        }
    }

    private void entry(
            Name path,
            byte[] name,
            @Nullable Folder old,
            @Nullable Folder now,
            boolean whole,
            @Nullable Gone gone)
            throws IOException {
        Stat before = stat(old, name);
        Stat after = stat(now, name);
        boolean hidden = whole || (gone != null && gone.isHere());
        if (layered && after != null && after.isCharacters()) {
            after = null;
            hidden = true;
        }
        if (after == null && !hidden && !(gone != null && isDirectory(before))) {
            return;
        }
        if (isDirectory(before) || isDirectory(after)) {
            Folder oldBelow = isDirectory(before) ? open(old, name, path) : null;
            try (oldBelow) {
                Folder nowBelow = isDirectory(after) ? open(now, name, path) : null;
                try (nowBelow) {
                    boolean all =
                            hidden
                                    || !layered
                                    || (after != null && nowBelow == null)
                                    || (nowBelow != null && nowBelow.isOpaque());
                    if (!isDirectory(after) || nowBelow != null) {
                        visit(path, oldBelow, nowBelow, all, gone);
                    }
                }
            }
        }
        files(path, name, old, isFile(before) ? before : null, now, isFile(after) ? after : null);
    }

    private void files(
            Name path,
            byte[] name,
            @Nullable Folder old,
            @Nullable Stat before,
            @Nullable Folder now,
            @Nullable Stat after) {
        if ((before == null && after == null)
                || (before != null
                        && after != null
                        && old != null
                        && now != null
                        && isSame(name, old, before, now, after))) {
            return;
        }
        changes.add(
                Change.of(
                        path,
                        before == null ? null : new Version(slug, path, before),
                        after == null ? null : new Version(dyno, path, after)));
    }

    private boolean isSame(byte[] name, Folder old, Stat before, Folder now, Stat after) {
        try {
            // A copy has the slug's times; what is written to has its own.
            return Version.mode(before) == Version.mode(after)
                    && Content.isSame(name, old, before, now, after, !layered);
        } catch (IOException e) {
            return false; // it went away, or may not be read
        }
    }

    private @Nullable Folder open(@Nullable Folder parent, byte[] name, Name path)
            throws IOException {
        if (parent == null) {
            return null;
        }
        try {
            return parent.open(name);
        } catch (AccessDeniedException e) {
            unread.add(path);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // the dyno changed it this moment
        }
        return null;
    }

    private static @Nullable Stat stat(@Nullable Folder folder, byte[] name) throws IOException {
        if (folder == null) {
            return null;
        }
        try {
            return folder.stat(name);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }

    private static boolean isDirectory(@Nullable Stat stat) {
        return stat != null && stat.isDirectory();
    }

    private static boolean isFile(@Nullable Stat stat) {
        return stat != null && (stat.isFile() || stat.isLink());
    }
}
