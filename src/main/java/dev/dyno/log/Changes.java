package dev.dyno.log;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Which logs of a directory may have changed: told by the kernel where it tells (Linux), else all
 * of them ten times a second (macOS, whose watch service looks every ten seconds; a user who is out
 * of inotify instances; a directory that is not there yet).
 */
final class Changes implements Closeable {
    /** What may have happened to a file: it went on, or its name was given up meanwhile. */
    enum Change {
        TOUCHED,
        DELETED
    }

    private static final long POLL_MILLIS = 100;

    private final Path directory;
    private Optional<WatchService> watch;

    private Changes(Path directory, Optional<WatchService> watch) {
        this.directory = directory;
        this.watch = watch;
    }

    static Changes in(Path directory) {
        return new Changes(
                directory,
                System.getProperty("os.name").startsWith("Linux")
                        ? watch(directory)
                        : Optional.empty());
    }

    static Changes polled(Path directory) {
        return new Changes(directory, Optional.empty());
    }

    private static Optional<WatchService> watch(Path directory) {
        try {
            WatchService watch = directory.getFileSystem().newWatchService();
            try {
                directory.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
                return Optional.of(watch);
            } catch (IOException e) {
                watch.close();
            }
        } catch (IOException e) {
            // Polled instead.
        }
        return Optional.empty();
    }

    /** Waits until there may be something new. */
    Map<Path, Change> await() throws IOException, InterruptedException {
        if (watch.isEmpty()) {
            new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return everything();
        }
        Map<Path, Change> changes = new HashMap<>();
        for (WatchKey key = watch.get().take(); key != null; key = watch.get().poll()) {
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name) {
                    note(changes, directory.resolve(name), event.kind());
                } else {
                    everything().forEach(changes::putIfAbsent);
                }
            }
            if (!key.reset()) {
                close();
                watch = Optional.empty();
                return changes;
            }
        }
        return changes;
    }

    private static void note(Map<Path, Change> changes, Path path, WatchEvent.Kind<?> kind) {
        if (!StoredLog.isNamedAsLog(path)) {
            return;
        }
        if (kind.equals(ENTRY_DELETE)) {
            changes.put(path, Change.DELETED);
        } else {
            changes.putIfAbsent(path, Change.TOUCHED);
        }
    }

    private Map<Path, Change> everything() throws IOException {
        Map<Path, Change> changes = new HashMap<>();
        for (Path path : StoredLog.namesIn(directory)) {
            changes.put(path, Change.TOUCHED);
        }
        return changes;
    }

    @Override
    public void close() throws IOException {
        if (watch.isPresent()) {
            watch.get().close();
        }
    }
}
