package dev.dyno.dyno;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asking after another process's lock. The kernel drops all locks of a process on a file as soon as
 * the process closes any descriptor of it, so within dyno one thread asks at a time, and none opens
 * the lock of a dyno that is this process's own or that it has just taken.
 */
final class DynoLock implements AutoCloseable {
    private static final Set<Path> TAKEN = new HashSet<>();

    private final Path dyno;
    private final FileChannel channel;

    private DynoLock(Path dyno, FileChannel channel) {
        this.dyno = dyno;
        this.channel = channel;
    }

    /** Whether somebody alive holds the dyno's lock. */
    static boolean isHeld(Path dyno) {
        if (Entrance.isOwn(dyno)) {
            return true;
        }
        synchronized (TAKEN) {
            if (TAKEN.contains(dyno)) {
                return false; // by us, because it is dead
            }
            try (FileChannel channel = open(dyno);
                    FileLock lock = channel.tryLock()) {
                return lock == null;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /**
     * Takes the lock of a dyno that is dead; empty where it is alive, or being cleared up.
     *
     * @throws IOException where it has no lock, or what is called so is no file
     */
    static Optional<DynoLock> ofDead(Path dyno) throws IOException {
        synchronized (TAKEN) {
            if (Entrance.isOwn(dyno) || TAKEN.contains(dyno)) {
                return Optional.empty();
            }
            FileChannel channel = open(dyno);
            boolean taken = false;
            try {
                taken = channel.tryLock() != null;
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            if (!taken) {
                return Optional.empty();
            }
            TAKEN.add(dyno);
            return Optional.of(new DynoLock(dyno, channel));
        }
    }

    @Override
    public void close() {
        synchronized (TAKEN) {
            TAKEN.remove(dyno);
            try {
                channel.close();
            } catch (IOException e) {
                // The descriptor is gone all the same.
            }
        }
    }

    /** Only a regular file is a lock: opening a pipe would wait for ever. */
    private static FileChannel open(Path dyno) throws IOException {
        Path lock = dyno.resolve(Dyno.LOCK);
        if (!Files.readAttributes(lock, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new FileSystemException(lock.toString(), null, "is no regular file");
        }
        return FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
