package dev.dyno.release;

import dev.dyno.UserError;
import dev.dyno.slug.Stopped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock on an app's slugs and releases, let go by the kernel when dyno dies. Shared among
 * processes while a run chooses its release, held alone while one is made; within one process held
 * alone in any case, since the kernel's locks belong to processes.
 */
final class AppLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, Semaphore> OWN = new ConcurrentHashMap<>();
    private static final long PAUSE_MILLIS = 5;

    private final Semaphore own;
    private final FileChannel channel;
    private final FileLock lock;
    private final boolean waited;

    private AppLock(Semaphore own, FileChannel channel, FileLock lock, boolean waited) {
        this.own = own;
        this.channel = channel;
        this.lock = lock;
        this.waited = waited;
    }

    /**
     * Waits for the lock.
     *
     * @throws Stopped where {@code stopped} comes to be true first
     */
    static AppLock take(Path file, boolean shared, BooleanSupplier stopped) {
        Semaphore own = OWN.computeIfAbsent(file, _ -> new Semaphore(1));
        boolean waited = false;
        try {
            while (!own.tryAcquire(waited ? PAUSE_MILLIS : 0, TimeUnit.MILLISECONDS)) {
                waited = true;
                Stopped.check(stopped);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE));
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            while (lock == null) {
                waited = true;
                Stopped.check(stopped);
                // The kernel tells nobody that waits in a way that can be stopped.
                Thread.sleep(PAUSE_MILLIS);
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            }
            return new AppLock(own, channel, lock, waited);
        } catch (IOException e) {
            release(own, channel);
            throw new UserError(
                    "cannot lock "
                            + file
                            + ": "
                            + (e instanceof AccessDeniedException
                                    ? "Permission denied"
                                    : e.getMessage()),
                    "Set DYNO_HOME to a directory of yours, on a file system with locks.");
        } catch (InterruptedException e) {
            release(own, channel);
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            release(own, channel);
            throw e;
        }
    }

    /** The lock alone, where nobody has it, or null. */
    static @Nullable AppLock ifFree(Path file) {
        Semaphore own = OWN.computeIfAbsent(file, _ -> new Semaphore(1));
        if (!own.tryAcquire()) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new AppLock(own, channel, lock, false);
            }
        } catch (IOException e) {
            // As if somebody had it.
        }
        release(own, channel);
        return null;
    }

    private static void release(Semaphore own, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The descriptor is gone all the same.
        } finally {
            own.release();
        }
    }

    /** Whether somebody else held it meanwhile. */
    boolean hasWaited() {
        return waited;
    }

    @Override
    public void close() {
        if (lock.isValid()) {
            release(own, channel);
        }
    }
}
