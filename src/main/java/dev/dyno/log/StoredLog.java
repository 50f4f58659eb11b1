package dev.dyno.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dyno's log as it lay on disk at one moment. Only a regular file is one: a link could lead out
 * of the directory, and a pipe would hold up the reader for ever (reliability.md R05).
 *
 * @param identity differs when another file has taken the name
 */
record StoredLog(Path path, String identity, long size, Instant modified) {
    static boolean isNamedAsLog(Path path) {
        return path.toString().endsWith(".log");
    }

    /** Everything in the directory that is named as a log; nothing if there is no directory. */
    static List<Path> namesIn(Path directory) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory, StoredLog::isNamedAsLog)) {
            entries.forEach(names::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** The log at this path; nothing if it has vanished or is something else. */
    static Optional<StoredLog> at(Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            return Optional.of(
                    new StoredLog(
                            path,
                            String.valueOf(attributes.fileKey()),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
