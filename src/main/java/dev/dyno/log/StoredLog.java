package dev.dyno.log;

import java.io.Closeable;
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
import org.jspecify.annotations.Nullable;

/**
 * A dyno's log as it lay on disk at one moment: when it was looked for, and then when it was
 * opened, which may find another file of its name. While it is open it stays readable, whatever
 * becomes of its name. Only a regular file is one: a link could lead out of the directory, and a
 * pipe would hold up the reader for ever (reliability.md R05).
 */
final class StoredLog implements Closeable {
    private final Path path;
    private BasicFileAttributes attributes;
    private long size;
    private @Nullable FileChannel file;

    private StoredLog(Path path, BasicFileAttributes attributes) {
        this.path = path;
        this.attributes = attributes;
        this.size = attributes.size();
    }

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
            return Optional.of(new StoredLog(path, regular(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What is to be known of a regular file.
     *
     * @throws IOException if it has vanished or is something else
     */
    static BasicFileAttributes regular(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is not a regular file");
        }
        return attributes;
    }

    Path path() {
        return path;
    }

    /** Differs when another file has taken the name; of a log that is open, for certain. */
    String identity() {
        return String.valueOf(attributes.fileKey());
    }

    long size() {
        return size;
    }

    Instant modified() {
        return attributes.lastModifiedTime().toInstant();
    }

    boolean isOpen() {
        return file != null;
    }

    /** The log itself, opened if it is not open yet. */
    FileChannel open() throws IOException {
        while (file == null) {
            FileChannel opened =
                    FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                String before = identity();
                attributes = regular(path);
                if (before.equals(identity())) {
                    size = opened.size();
                    file = opened;
                    return opened;
                }
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            opened.close();
        }
        return file;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // It was only read.
            }
            file = null;
        }
    }
}
