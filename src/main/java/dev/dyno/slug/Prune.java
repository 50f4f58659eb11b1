package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes away what nobody needs among an app's slugs: in the lock by a rename only, and the removal
 * after it was let go.
 */
public final class Prune {
    static final String NEW = ".new-";
    private static final String GONE = ".gone-";

    private Prune() {}

    /**
     * Moves aside each slug that is not to be kept, and what killed predecessors left.
     *
     * @param kept the slugs of releases
     * @param running the slugs of running dynos, kept even where they were replaced meanwhile
     * @param warnings gets the names of what is foreign, which is left alone
     * @return what is to be given to {@link Removal#removeSoon}
     */
    public static List<Path> slugs(
            Path directory, Set<SlugId> kept, Set<SlugId> running, List<String> warnings) {
        var gone = new ArrayList<Path>();
        for (Path entry : entries(directory)) {
            String name = entry.getFileName().toString();
            if (isUnfinished(entry)) {
                moveAside(entry, gone);
            } else if (name.startsWith(GONE)) {
                if (!isOfOne(name, running)) {
                    gone.add(entry);
                }
            } else if (!SlugId.isId(name)) {
                warnings.add(CopyFailure.shown(entry.toString()) + " is no slug and is left alone");
            } else if (!kept.contains(new SlugId(name)) && !running.contains(new SlugId(name))) {
                moveAside(entry, gone);
            }
        }
        return gone;
    }

    /** Whether somebody makes a slug there now, or was killed while he did. */
    public static boolean hasUnfinished(Path directory) {
        return entries(directory).stream().anyMatch(Prune::isUnfinished);
    }

    /**
     * Moves aside what killed predecessors had begun to make. The app is locked.
     *
     * @return what is to be given to {@link Removal#removeSoon}
     */
    public static List<Path> unfinished(Path directory) {
        var gone = new ArrayList<Path>();
        for (Path entry : entries(directory)) {
            if (isUnfinished(entry)) {
                moveAside(entry, gone);
            }
        }
        return gone;
    }

    private static boolean isUnfinished(Path slug) {
        return slug.getFileName().toString().startsWith(NEW);
    }

    /**
     * What was moved aside and not removed, because dyno was killed first.
     *
     * @param running the slugs of running dynos
     */
    public static List<Path> leftOver(Path directory, Supplier<Set<SlugId>> running) {
        var left = new ArrayList<Path>();
        for (Path entry : entries(directory)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(GONE) && !isOfOne(name, running.get())) {
                left.add(entry);
            }
        }
        return left;
    }

    /** A dyno may still run on a slug that was replaced. */
    private static boolean isOfOne(String gone, Set<SlugId> running) {
        for (SlugId id : running) {
            if (gone.startsWith(GONE + id.hex())) {
                return true;
            }
        }
        return false;
    }

    static Path gone(Path slug) {
        return slug.resolveSibling(
                GONE + slug.getFileName() + "-" + Long.toHexString(System.nanoTime()));
    }

    private static void moveAside(Path entry, List<Path> gone) {
        Path aside = gone(entry);
        try {
            Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
            gone.add(aside);
        } catch (IOException e) {
            // The next one to prune tries again.
        }
    }

    private static List<Path> entries(Path directory) {
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                entries.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // There are none yet.
        }
        return entries;
    }
}
