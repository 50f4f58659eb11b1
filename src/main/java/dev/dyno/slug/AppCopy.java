package dev.dyno.slug;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Copies the app's files into a dyno: contents, links as links, modes without setuid, mtimes,
 * holes. It walks by directory descriptors and follows no link, so that nothing outside the app is
 * read even when somebody swaps a directory meanwhile (reliability.md S05), and it opens nothing
 * but regular files. Names stay the bytes they are.
 */
public final class AppCopy {
    private static final int MAX_DEPTH = 2000;

    private final Path app;
    private final SlugIgnore ignore;
    private final BooleanSupplier stopped;
    private final FileCopy files = new FileCopy();
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param stopped asked before each file; once true, the copy ends with {@link Stopped}
     */
    public AppCopy(Path app, SlugIgnore ignore, BooleanSupplier stopped) {
        this.app = app;
        this.ignore = ignore;
        this.stopped = stopped;
    }

    /** The copy was ended from outside; what it wrote is to be removed. */
    public static final class Stopped extends RuntimeException {
        /** It was asked for. */
        public Stopped() {
            super("the copy was stopped", null, false, false);
        }

        static void check(BooleanSupplier stopped) {
            if (stopped.getAsBoolean()) {
                throw new Stopped();
            }
        }
    }

    /**
     * Copies into {@code target}, an empty directory.
     *
     * @return what was left out and why, a line each
     * @throws UserError for what cannot be read or written: permission, a full disk, a path too
     *     long
     */
    public List<String> into(Path target) {
        try (var stream = Files.newDirectoryStream(app)) {
            copyDirectory(secure(stream), target, Path.of(""), 0);
        } catch (IOException e) {
            throw CopyFailure.of(e, app.toString());
        }
        return List.copyOf(warnings);
    }

    @SuppressWarnings("unchecked")
    private static SecureDirectoryStream<Path> secure(java.nio.file.DirectoryStream<Path> stream) {
        if (stream instanceof SecureDirectoryStream) {
            return (SecureDirectoryStream<Path>) stream;
        }
        throw new UserError("this system cannot walk directories by descriptor (openat)");
    }

    private void copyDirectory(SecureDirectoryStream<Path> from, Path to, Path relative, int depth)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new UserError(
                    "directories are nested deeper than "
                            + MAX_DEPTH
                            + " in "
                            + CopyFailure.shown(relative.toString()),
                    "Name the directory in .slugignore.");
        }
        for (Path entry : from) {
            if (stopped.getAsBoolean()) {
                throw new Stopped();
            }
            Path name = entry.getFileName();
            Path path = depth == 0 ? name : relative.resolve(name);
            if (ignore.ignores(path)) {
                continue;
            }
            try {
                copyEntry(from, name, to.resolve(name), path, depth);
            } catch (NoSuchFileException | NotDirectoryException e) {
                if (!Files.isDirectory(to)) {
                    throw CopyFailure.of(e, path.toString());
                }
                warnings.add(CopyFailure.shown(path.toString()) + " went away while it was copied");
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                throw CopyFailure.of(e, path.toString());
            }
        }
    }

    private void copyEntry(
            SecureDirectoryStream<Path> from, Path name, Path to, Path path, int depth)
            throws IOException {
        PosixFileAttributes attributes =
                from.getFileAttributeView(
                                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(to, Files.readSymbolicLink(app.resolve(path)));
            times(to, attributes);
        } else if (attributes.isDirectory()) {
            Files.createDirectory(to);
            try (var below = from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                copyDirectory(below, to, path, depth + 1);
            }
            // Last: the mode may forbid writing, and writing changes the mtime.
            permissions(to, attributes.permissions());
            times(to, attributes);
        } else if (attributes.isRegularFile()) {
            files.copy(from, name, to, attributes);
            permissions(to, attributes.permissions());
            times(to, attributes);
        } else {
            warnings.add(
                    CopyFailure.shown(path.toString())
                            + " is neither file, directory nor link and was left out");
        }
    }

    private static void permissions(Path path, Set<PosixFilePermission> permissions)
            throws IOException {
        Files.setPosixFilePermissions(path, permissions);
    }

    private static void times(Path path, PosixFileAttributes attributes) throws IOException {
        try {
            Files.getFileAttributeView(
                            path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(attributes.lastModifiedTime(), null, null);
        } catch (IOException e) {
            // Not every file system keeps a link's own time.
            if (!attributes.isSymbolicLink()) {
                throw e;
            }
        }
    }

    static final Set<PosixFilePermission> OWNER_ALL =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);
}
