package dev.dyno.change;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dyno has changed of its slug, as {@code git diff -M} would tell: files and symbolic links,
 * no empty directories, no sockets or devices.
 *
 * @param all sorted by path
 * @param unread directories of the dyno that may not be looked into
 */
public record Changes(List<Change> all, List<Name> unread) {
    public Changes {
        all = List.copyOf(all);
        unread = List.copyOf(unread);
    }

    /**
     * From an overlay; only its upper directory is gone through.
     *
     * @param slug the files of the slug, the overlay's lower directory
     * @throws UserError where something cannot be read
     */
    public static Changes inOverlay(Path slug, Path upper) {
        return of(new Walk(new Tree(slug), new Tree(upper), true), upper, null);
    }

    /**
     * From a copy of the slug; a file is read where its size or its time is another.
     *
     * @throws UserError where something cannot be read
     */
    public static Changes inCopy(Path slug, Path copy) {
        return of(new Walk(new Tree(slug), new Tree(copy), false), copy, null);
    }

    /**
     * From what {@link Harvest} has stored.
     *
     * @param upper need not be there, and no more need {@code deleted}
     * @param deleted paths with a NUL behind each
     * @throws UserError where something cannot be read
     */
    public static Changes inStored(Path slug, Path upper, Path deleted) {
        return of(new Walk(new Tree(slug), new Tree(upper), true), upper, deleted);
    }

    private static Changes of(Walk walk, Path changed, @Nullable Path deleted) {
        try {
            walk.run(deleted == null ? null : Gone.read(deleted));
        } catch (IOException e) {
            throw failure("cannot compare " + Printable.escape(changed.toString()), e);
        }
        return new Changes(Renames.in(walk.changes()), walk.unread());
    }

    static UserError failure(String what, IOException e) {
        return new UserError(what + ": " + Printable.escape(reason(e)));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + ": No such file or directory";
            case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
            case FileSystemException f when f.getReason() != null ->
                    f.getFile() + ": " + f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Those at or below one of these paths, before or after a rename; all where none is given. */
    public Changes within(List<Name> paths) {
        if (paths.isEmpty()) {
            return this;
        }
        return new Changes(
                all.stream()
                        .filter(change ->
                                paths.stream()
                                        .anyMatch(path ->
                                                change.path().isWithin(path)
                                                        || change.source().isWithin(path)))
                        .toList(),
                unread);
    }
}
