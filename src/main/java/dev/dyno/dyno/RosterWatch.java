package dev.dyno.dyno;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells when an app's dynos may have changed: each change of state is a line in a log, and a dyno
 * that comes or goes is a name in the roster. The kernel tells of both where it can (Linux).
 */
public final class RosterWatch implements AutoCloseable {
    /** Nobody writes anything where dyno is killed, and elsewhere the kernel tells late. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** A program may write to its log without a pause. */
    private static final Duration SHORTEST = Duration.ofMillis(50);

    private final @Nullable WatchService watch;

    private RosterWatch(@Nullable WatchService watch) {
        this.watch = watch;
    }

    static RosterWatch of(Path roster, Path logs) {
        WatchService watch = null;
        try {
            watch = roster.getFileSystem().newWatchService();
            register(roster, watch, ENTRY_CREATE, ENTRY_DELETE);
            register(logs, watch, ENTRY_CREATE, ENTRY_MODIFY);
        } catch (IOException e) {
            // Its user has no watches left: looked at once a second then.
        }
        return new RosterWatch(watch);
    }

    private static void register(Path directory, WatchService watch, WatchEvent.Kind<?>... kinds)
            throws IOException {
        WatchKey key = directory.register(watch, kinds);
        if (!key.isValid()) {
            throw new IOException("no watch on " + directory);
        }
    }

    /** Waits until there may be something new, a second at most. */
    public void await() throws InterruptedException {
        if (watch == null) {
            LockSupport.parkNanos(LONGEST.toNanos());
            return;
        }
        WatchKey key = watch.poll(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return;
        }
        LockSupport.parkNanos(SHORTEST.toNanos());
        for (; key != null; key = watch.poll()) {
            key.pollEvents();
            key.reset();
        }
    }

    @Override
    public void close() {
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException e) {
            // It ends with this process.
        }
    }
}
