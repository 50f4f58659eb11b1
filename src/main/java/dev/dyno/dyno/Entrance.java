package dev.dyno.dyno;

import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.slug.Removal;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a dyno comes into the roster: whole, locked, and by one rename. */
record Entrance(Home home, Path roster, InstantSource clock) {
    static final String NEW = ".new-";
    static final String GONE = ".gone-";

    /**
     * The directories of this process's own dynos. The kernel drops a process's lock on a file as
     * soon as the process closes any descriptor of it, so their lock files must never be opened to
     * ask.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /**
     * Enters a dyno; null, and the log closed, where its name is taken.
     *
     * @param witness told of all that is logged of its life
     */
    @Nullable Dyno enter(DynoSpec spec, DynoRecord record, LogFile log, Consumer<LogLine> witness)
            throws IOException {
        DynoName name = record.name();
        Path made = roster.resolve(NEW + record.pid() + "-" + record.id());
        OWN.add(made);
        OWN.add(roster.resolve(name.toString()));
        OWN.add(roster.resolve(GONE + record.id()));
        Path fresh = home.directory(made);
        FileChannel lock = null;
        try {
            lock =
                    FileChannel.open(
                            fresh.resolve(Dyno.LOCK),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            lock.lock();
            record.fields().write(fresh.resolve(Dyno.RECORD));
            home.directory(fresh.resolve(Dyno.APP));
            home.directory(fresh.resolve(Dyno.TMP));
            var directory = OwnDirectory.of(fresh, roster.resolve(name.toString()));
            Files.move(fresh, directory.path(), StandardCopyOption.ATOMIC_MOVE);
            return new Dyno(spec, record, directory, lock, log, clock, witness, runs());
        } catch (FileSystemException e) {
            abandon(fresh, lock, log);
            if (Files.isDirectory(roster.resolve(name.toString()), LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            abandon(fresh, lock, log);
            throw e;
        }
    }

    private Runs runs() {
        return new Runs(home, roster.resolveSibling(Runs.DIRECTORY));
    }

    /** Whether a dyno's directory belongs to this process. */
    static boolean isOwn(Path dyno) {
        return OWN.contains(dyno);
    }

    private static void abandon(Path fresh, @Nullable FileChannel lock, LogFile log)
            throws IOException {
        Removal.remove(fresh);
        log.close();
        if (lock != null) {
            lock.close();
        }
    }
}
