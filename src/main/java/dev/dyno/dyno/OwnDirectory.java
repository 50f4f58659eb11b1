package dev.dyno.dyno;

import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is a dyno's own on disk. Where a dyno is not isolated its programs can put something
 * else in its place, such as a link that leads elsewhere; nothing is written or taken through that.
 *
 * @param key device and number of the directory, as it was made
 */
record OwnDirectory(Path path, @Nullable Object key) {
    /**
     * @param made where the directory is now
     * @param path where it will be
     */
    static OwnDirectory of(Path made, Path path) throws IOException {
        return new OwnDirectory(path, attributes(made).fileKey());
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Whether it is still there, and not something else in its place. */
    boolean isInPlace() {
        try {
            return Objects.equals(attributes(path).fileKey(), key);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Replaces a file in it as a whole.
     *
     * @throws IOException also where something else is in its place
     */
    void write(String name, Fields fields) throws IOException {
        if (!isInPlace()) {
            throw new IOException(path + " is another directory now");
        }
        fields.write(path.resolve(name));
    }

    /**
     * Takes what is in its place off the roster, the link itself where it is one; nothing is
     * thrown.
     *
     * @return where it is now
     */
    Path movedAside(String name) {
        Path aside = path.resolveSibling(name);
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            return aside;
        } catch (IOException e) {
            return path;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
