package dev.dyno.formation;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells that there may be something new in a directory: at once where the kernel tells (Linux),
 * else ten times a second, as for logs.
 */
final class Arrivals implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Optional<WatchService> watch;
    private boolean watched;

    private Arrivals(Optional<WatchService> watch) {
        this.watch = watch;
        this.watched = watch.isPresent();
    }

    static Arrivals in(Path directory) {
        return System.getProperty("os.name").startsWith("Linux")
                ? new Arrivals(watch(directory))
                : polled();
    }

    static Arrivals polled() {
        return new Arrivals(Optional.empty());
    }

    private static Optional<WatchService> watch(Path directory) {
        try {
            WatchService watch = directory.getFileSystem().newWatchService();
            try {
                directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                return Optional.of(watch);
            } catch (IOException e) {
                watch.close();
            }
        } catch (IOException e) {
            // Polled instead.
        }
        return Optional.empty();
    }

    /** Waits until it is worth a look; false where it is closed. */
    boolean await() throws InterruptedException {
        if (!watched || watch.isEmpty()) {
            return !closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        try {
            WatchKey key = watch.get().take();
            key.pollEvents();
            watched = key.reset(); // not so where the directory has gone
            return closed.getCount() > 0;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (watch.isPresent()) {
                watch.get().close();
            }
        } catch (IOException e) {
            // The descriptor is gone all the same.
        }
    }
}
