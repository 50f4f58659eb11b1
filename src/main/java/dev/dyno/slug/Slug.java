package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * An immutable snapshot of an app's files.
 *
 * @param directory where it lies; never written to
 */
public record Slug(SlugId id, Path directory) {
    static final String FILES = "files";

    /** The root of the files: what becomes {@code /app}. */
    public Path files() {
        return directory.resolve(FILES);
    }

    /**
     * Copies all of it.
     *
     * @param target an empty directory
     * @param stopped asked now and then; once true, the copy ends with {@link Stopped}
     * @throws dev.dyno.UserError where it cannot be written
     */
    public void copyInto(Path target, boolean nativeAtHand, BooleanSupplier stopped) {
        try {
            Folder to = Folder.open(target, nativeAtHand);
            Folder from = Folder.open(files(), nativeAtHand);
            Entry root = new Entry(new byte[0], from.stat());
            new Make(SlugIgnore.nothing(), false, 0, stopped).into(to, from, null, root);
        } catch (IOException e) {
            throw CopyFailure.of(e, target.toString());
        }
    }
}
