package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lock on an app's formation, let go by the kernel when its holder dies. The kernel drops all
 * locks of a process on a file as soon as the process closes any descriptor of it, so a process
 * that holds one remembers it and never opens that file again.
 */
final class FormationLock implements AutoCloseable {
    private static final Map<Path, Holder> OWN = new HashMap<>();
    private static final Set<OpenOption> OPTIONS =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final FileChannel channel;

    private FormationLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it, and says so in the file; empty where somebody else has it.
     *
     * @throws UserError where it cannot be locked at all
     */
    static Optional<FormationLock> tryTake(Path file, Holder me) {
        synchronized (OWN) {
            if (OWN.containsKey(file)) {
                return Optional.empty();
            }
            try {
                FileChannel channel = open(file);
                if (lock(channel, me)) {
                    OWN.put(file, me);
                    return Optional.of(new FormationLock(file, channel));
                }
                return Optional.empty();
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    /** Who holds it now; empty where nobody does. */
    static Optional<Holder> holder(Path file) {
        synchronized (OWN) {
            Holder own = OWN.get(file);
            if (own != null) {
                return Optional.of(own);
            }
            try {
                return isHeld(file) ? Optional.of(Holder.of(Fields.read(file))) : Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    private static boolean isHeld(Path file) throws IOException {
        checkRegular(file);
        // Shared, so that those who only ask are not in each other's way.
        try (var channel =
                        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            checkRegular(file);
        }
        var ownerOnly = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return FileChannel.open(file, OPTIONS, PosixFilePermissions.asFileAttribute(ownerOnly));
    }

    /** Opening a pipe would wait for ever. */
    private static void checkRegular(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "it is no regular file");
        }
    }

    /** Closes the channel where the lock is not to be had. */
    private static boolean lock(FileChannel channel, Holder me) throws IOException {
        boolean locked = false;
        try {
            if (channel.tryLock() != null) {
                write(channel, me.fields().bytes());
                locked = true;
            }
            return locked;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        channel.truncate(0);
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static UserError unusable(Path file, IOException e) {
        String reason =
                e instanceof AccessDeniedException
                        ? "Permission denied"
                        : e instanceof FileSystemException f && f.getReason() != null
                                ? f.getReason()
                                : String.valueOf(e.getMessage());
        return new UserError(
                "cannot lock " + file + ": " + reason,
                "Set DYNO_HOME to a directory of yours, on a file system with locks.");
    }

    /**
     * Lets go of it; what stands in the file goes first, so that nobody is taken for its holder.
     */
    @Override
    public void close() {
        synchronized (OWN) {
            try (channel) {
                channel.truncate(0);
            } catch (IOException e) {
                // The descriptor is gone all the same.
            } finally {
                OWN.remove(file);
            }
        }
    }
}
