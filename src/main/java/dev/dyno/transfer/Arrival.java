package dev.dyno.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where on this machine a copy arrives. Whoever sent it may be hostile: only what was not there is
 * made, only below the one place, nothing is followed and nothing is executable by others.
 */
final class Arrival {
    private final Path to;
    private final Set<Path> made = new HashSet<>();
    private int leftOut;
    private boolean begun;

    Arrival(Path to) {
        this.to = to;
    }

    /** How many entries were not taken. */
    int leftOut() {
        return leftOut;
    }

    /** Whether there is something of it by now. */
    boolean hasBegun() {
        return begun;
    }

    /** Takes one file. */
    void file(InputStream contents) throws IOException {
        try (OutputStream out = create(to, false)) {
            begun = true;
            contents.transferTo(out);
        }
    }

    /**
     * Takes an archive of what is in a directory.
     *
     * @throws IOException for a name that leads elsewhere, or comes twice
     */
    void directory(InputStream archive) throws IOException {
        makeDirectory(to);
        begun = true;
        var tar = new TarReader(archive);
        for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
            take(next.get(), tar);
        }
        archive.transferTo(OutputStream.nullOutputStream()); // blocks of zeros
    }

    private void take(TarReader.Entry entry, TarReader tar) throws IOException {
        Optional<Path> place = place(entry);
        if (place.isEmpty() || !(entry.isFile() || entry.isDirectory())) {
            leftOut++;
            return;
        }
        Path path = place.get();
        if (path.equals(to) && entry.isDirectory()) {
            return;
        }
        if (!made.contains(path.getParent())) {
            throw new IOException("it has no directory: " + path);
        }
        if (entry.isDirectory()) {
            makeDirectory(path);
            return;
        }
        try (OutputStream out = create(path, entry.executable())) {
            tar.copy(out);
        }
    }

    /** Empty where the name cannot be one here. */
    private Optional<Path> place(TarReader.Entry entry) throws IOException {
        if (entry.name().isEmpty()) {
            return Optional.empty();
        }
        String name = entry.name().get();
        if (name.startsWith("/")) {
            throw new IOException("a name leads elsewhere: " + name);
        }
        Path path = to;
        try {
            for (String part : name.split("/", -1)) {
                if (part.equals("..")) {
                    throw new IOException("a name leads elsewhere: " + name);
                }
                if (!part.isEmpty() && !part.equals(".")) {
                    path = path.resolve(part);
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private void makeDirectory(Path path) throws IOException {
        Files.createDirectory(path, mode("rwx------"));
        made.add(path);
    }

    private static OutputStream create(Path path, boolean executable) throws IOException {
        return Channels.newOutputStream(
                Files.newByteChannel(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        mode(executable ? "rwx------" : "rw-------")));
    }

    private static FileAttribute<?> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
