package dev.dyno.formation;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.dyno.release.Releases;
import dev.dyno.slug.SlugIgnore;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells when something in an app may have changed that a release is made of: once things are quiet
 * again, so that an editor's many small steps, or a git checkout, are one change. What is not in
 * the slug is not looked at.
 */
public final class AppWatch implements AutoCloseable {
    private static final String GIT = ".git";
    private static final long QUIET_MILLIS = 100;
    private static final long LONGEST_MILLIS = 2000;

    private final Path app;
    private final Path releases;
    private final List<Path> files;
    private final Runnable changed;
    private final WatchService service;
    private SlugIgnore ignored = SlugIgnore.none();

    private AppWatch(
            Path app, Path releases, List<Path> files, Runnable changed, WatchService service) {
        this.app = app;
        this.releases = releases;
        this.files = List.copyOf(files);
        this.changed = changed;
        this.service = service;
    }

    /**
     * Begins to watch.
     *
     * @param releases where releases come to lie
     * @param files single files that count, wherever they are
     * @param changed called on the watch's thread
     * @throws IOException where the kernel has no more watches for this user
     */
    public static AppWatch start(Path app, Path releases, List<Path> files, Runnable changed)
            throws IOException {
        WatchService service = app.getFileSystem().newWatchService();
        var watch = new AppWatch(app, releases, files, changed, service);
        try {
            watch.registerAll();
        } catch (IOException e) {
            watch.close();
            throw e;
        }
        Thread.ofPlatform().name("watch").daemon().start(watch::run);
        return watch;
    }

    private void registerAll() throws IOException {
        ignored = SlugIgnore.read(app);
        register(app);
        watch(releases);
        for (Path file : files) {
            watch(file.resolveSibling(""));
        }
    }

    /** A directory and those below it, but for what no slug has. */
    private void register(Path directory) throws IOException {
        if (!isWatched(directory)) {
            return;
        }
        watch(directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    register(entry);
                }
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            // It has gone meanwhile.
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void watch(Path directory) throws IOException {
        directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    }

    private boolean isWatched(Path path) {
        if (path.equals(app) || files.contains(path)) {
            return true;
        }
        if (!path.startsWith(app)) {
            return isRelease(path);
        }
        Path inside = app.relativize(path);
        return !inside.startsWith(GIT) && !ignored.ignores(inside);
    }

    /** Not what is kept beside a release. */
    private boolean isRelease(Path path) {
        return releases.equals(path.getParent())
                && Releases.version(path.getFileName().toString()).isPresent();
    }

    private void run() {
        try {
            while (true) {
                boolean worth = note(service.take());
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
                WatchKey more = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                while (more != null && System.nanoTime() < deadline) {
                    worth |= note(more);
                    more = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                }
                if (more != null) {
                    worth |= note(more);
                }
                if (worth) {
                    changed.run();
                }
            }
        } catch (ClosedWatchServiceException e) {
            // It is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether any of it is of something that a slug has. */
    private boolean note(WatchKey key) {
        boolean worth = false;
        Path directory = key.watchable() instanceof Path path ? path : app;
        try {
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.kind().equals(OVERFLOW)) {
                    registerAll();
                    worth = true;
                } else if (event.context() instanceof Path name) {
                    Path path = directory.resolve(name);
                    if (path.equals(app.resolve(SlugIgnore.NAME))) {
                        registerAll();
                    }
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        register(path);
                    }
                    worth |= isWatched(path);
                }
            }
        } catch (IOException e) {
            worth = true; // no more watches: those that there are go on
        }
        key.reset();
        return worth;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // It ends with this process.
        }
    }
}
