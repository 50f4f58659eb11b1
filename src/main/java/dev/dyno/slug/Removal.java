package dev.dyno.slug;

import dev.dyno.process.HelperProgram;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Removes a tree a program has had its way with: directories without permissions, names of any
 * bytes, paths longer than a path may be, links instead of directories. No link is ever followed.
 */
public final class Removal {
    private static final int MAX_DEPTH = 500;

    private static final long AT_ONCE = 50_000_000;

    private static final Set<PosixFilePermission> OWNER_ALL =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final long deadline;

    private Removal(long deadline) {
        this.deadline = deadline;
    }

    /**
     * Removes {@code root} and all below it, of which nobody knows any more: what takes longer than
     * 50 ms is left to a program in the background, for which nobody waits.
     */
    public static void removeSoon(Path root) {
        try {
            if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                new Removal(System.nanoTime() + AT_ONCE).clear(root);
            }
            Files.deleteIfExists(root);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            Background.remove(root);
        }
    }

    /**
     * Removes {@code root} and all below it.
     *
     * @return false where something withstood; nothing is thrown, since there is nobody to answer
     */
    public static boolean remove(Path root) {
        try {
            if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                new Removal(Long.MAX_VALUE).clear(root);
            }
            Files.deleteIfExists(root);
            return true;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return removeTheHardWay(root);
        }
    }

    @SuppressWarnings("unchecked")
    private void clear(Path root) throws IOException {
        if (!Files.isReadable(root) || !Files.isWritable(root)) {
            Files.setPosixFilePermissions(root, OWNER_ALL);
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            clear((SecureDirectoryStream<Path>) stream, 0);
        }
    }

    private void clear(SecureDirectoryStream<Path> directory, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("too deep");
        }
        for (Path entry : directory) {
            if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
                throw new IOException("takes long");
            }
            Path name = entry.getFileName();
            try {
                // Most entries are files: try that first and ask what it is only when it is not.
                directory.deleteFile(name);
            } catch (NoSuchFileException e) {
                // gone already
            } catch (IOException e) {
                removeDirectory(directory, name, depth);
            }
        }
    }

    private void removeDirectory(SecureDirectoryStream<Path> directory, Path name, int depth)
            throws IOException {
        try {
            directory.deleteDirectory(name); // most of a dyno's are empty
        } catch (IOException e) {
            clearBelow(directory, name, depth);
            directory.deleteDirectory(name);
        }
    }

    private void clearBelow(SecureDirectoryStream<Path> directory, Path name, int depth)
            throws IOException {
        PosixFileAttributeView view =
                directory.getFileAttributeView(
                        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().isDirectory()) {
            throw new IOException("cannot remove " + name);
        }
        if (!view.readAttributes().permissions().containsAll(OWNER_ALL)) {
            view.setPermissions(OWNER_ALL);
        }
        try (var below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            clear(below, depth + 1);
        }
    }

    /** chmod and rm walk any depth; slow to start, so only for what withstood. */
    private static boolean removeTheHardWay(Path root) {
        HelperProgram.run("chmod", "-R", "u+rwX", "--", root.toString());
        return HelperProgram.run("rm", "-rf", "--", root.toString()).succeeded();
    }
}
