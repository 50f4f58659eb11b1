package dev.dyno.app;

import dev.dyno.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A small file of an app; what would block or never end when opened is refused unopened. */
final class AppFile {
    static final int LIMIT = 1024 * 1024;

    private AppFile() {}

    /** Its bytes; empty if there is no such file. */
    static Optional<byte[]> read(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            if (!found.isRegularFile()) {
                throw unreadable(
                        path,
                        found.isDirectory()
                                ? "it is a directory"
                                : "it is a pipe, a socket or a device",
                        "put an ordinary file, or a link to one, in its place");
            }
            if (found.size() > LIMIT) {
                throw tooLarge(path);
            }
            try (InputStream in = Files.newInputStream(path)) {
                // Files of /proc and files still growing are larger than they said.
                byte[] content = in.readNBytes(LIMIT + 1);
                if (content.length > LIMIT) {
                    throw tooLarge(path);
                }
                return Optional.of(content);
            }
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(path)) {
                throw unreadable(
                        path, "it is a link to a file that does not exist", "mend or remove it");
            }
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw unreadable(path, "permission denied", "let yourself read it: chmod u+r");
        } catch (IOException e) {
            throw unreadable(path, reason(e), "look at it with ls -l");
        }
    }

    static String name(Path path) {
        return Visible.escaped(path.toString());
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? "input/output error" : Visible.escaped(reason);
    }

    private static UserError tooLarge(Path path) {
        return unreadable(
                path,
                "it is larger than 1 MiB",
                "keep commands and values short, and what they need in files of its own");
    }

    private static UserError unreadable(Path path, String why, String hint) {
        return new UserError("cannot read " + name(path) + ": " + why, hint);
    }
}
