package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of the user's that is there whole or not at all; its owner's alone.
 *
 * @param force whether it may take the place of one that is there
 */
record NewFile(Path path, boolean force) {
    /** What writes it. */
    interface Content {
        void writeTo(OutputStream to) throws IOException;
    }

    /**
     * @throws UserError where it may not be written
     */
    void check() {
        if (Files.isDirectory(path)) {
            throw new UserError(shown() + " is a directory", "Name a file in it with -o.");
        }
        FileName.requireReplaceable(path);
        if (!force && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError(
                    shown() + " is there already",
                    "Write over it with --force, or name another with -o.");
        }
    }

    /**
     * Writes beside it and moves the whole into its place.
     *
     * @return how many bytes
     * @throws UserError where it cannot be written
     */
    long write(Content content) {
        Path part =
                path.resolveSibling(
                        path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        part.toFile().deleteOnExit();
        try {
            try (OutputStream out = open(part)) {
                content.writeTo(out);
            }
            long size = Files.size(part);
            check();
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } catch (IOException e) {
            throw new UserError("cannot write " + shown() + ": " + Printable.escape(reason(e)));
        } finally {
            remove(part);
        }
    }

    private static OutputStream open(Path part) throws IOException {
        return new BufferedOutputStream(
                Channels.newOutputStream(
                        Files.newByteChannel(
                                part,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))));
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // It is named .part.
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "Permission denied";
            case NoSuchFileException _ -> "No such directory";
            case FileAlreadyExistsException f -> f.getFile() + " is there already";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private String shown() {
        return Printable.escape(path.toString());
    }
}
