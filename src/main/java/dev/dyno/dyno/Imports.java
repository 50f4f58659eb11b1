package dev.dyno.dyno;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.log.LogFile;
import dev.dyno.slug.Removal;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Where a one-off of another machine is made ready before anybody sees it: a directory whose lock
 * is held, so that a later command removes it where this process was killed.
 */
public final class Imports implements AutoCloseable {
    static final String DIRECTORY = "imports";
    private static final int FIRST = 1000;
    private static final int LAST = 9999;

    private final Home home;
    private final Path app;
    private final Path directory;
    private final FileChannel lock;

    private Imports(Home home, Path app, Path directory, FileChannel lock) {
        this.home = home;
        this.app = app;
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * @throws UserError where the state directory cannot be written
     */
    public static Imports begin(Home home, App app) {
        Path state = home.app(app.key());
        String name =
                Entrance.NEW
                        + ProcessHandle.current().pid()
                        + "-"
                        + Long.toHexString(System.nanoTime());
        Path directory = home.directory(state.resolve(DIRECTORY).resolve(name));
        try {
            FileChannel lock =
                    FileChannel.open(
                            directory.resolve(Dyno.LOCK),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            lock.lock();
            return new Imports(home, state, directory, lock);
        } catch (IOException e) {
            Removal.remove(directory);
            throw failure(e);
        }
    }

    /** Its own, on the file system of the state directory. */
    public Path directory() {
        return directory;
    }

    /** How a log is given its place. */
    public interface Log {
        /**
         * @param name what it is the log of
         * @param to an empty file of that name's own
         */
        void write(DynoName name, Path to) throws IOException;
    }

    /**
     * It is one of the app's from now on, under its own name or, where that is taken, the next that
     * is free.
     *
     * @param kept a directory of what is kept of it, without its record
     * @return it as it is remembered
     * @throws UserError where the state cannot be written; it is not remembered then
     */
    public Run admit(Run run, Path kept, Log log) {
        Path logs = home.directory(app.resolve("logs"));
        Path runs = home.directory(app.resolve(Runs.DIRECTORY));
        DynoName name = claim(run.name(), logs, runs);
        Path file = log(logs, name);
        try {
            Run admitted = run.as(name);
            Path part = directory.resolve("log.part");
            Files.createFile(part);
            log.write(name, part);
            admitted.fields().write(kept.resolve(Runs.RECORD));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Files.move(kept, runs.resolve(name.toString()), StandardCopyOption.ATOMIC_MOVE);
            return admitted;
        } catch (IOException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException f) {
                // Then the name stays taken.
            }
            throw failure(e);
        }
    }

    private static Path log(Path logs, DynoName name) {
        return logs.resolve(name + ".log");
    }

    private static DynoName claim(DynoName wanted, Path logs, Path runs) {
        boolean usual = wanted.number() >= FIRST && wanted.number() <= LAST;
        int number = usual ? wanted.number() : FIRST;
        for (int i = FIRST; i <= LAST; i++) {
            var name = new DynoName(wanted.type(), number);
            if (isFree(name, logs, runs)) {
                return name;
            }
            number = number == LAST ? FIRST : number + 1;
        }
        throw new UserError(
                "all names from " + wanted.type().name() + ".1000 to 9999 are taken",
                "Remove old logs in " + logs + ".");
    }

    /** Taken by a dyno or by a log that can still be read, or else ours now. */
    private static boolean isFree(DynoName name, Path logs, Path runs) {
        try {
            if (Files.exists(runs.resolve(name.toString()), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            LogFile.create(log(logs, name)).close();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static UserError failure(IOException e) {
        String reason =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : String.valueOf(e.getMessage());
        return new UserError(
                "cannot write to dyno's state directory: " + reason,
                "Free some space there, or set DYNO_HOME to another directory.");
    }

    /** Removes what is still in the directory. */
    @Override
    public void close() {
        Removal.removeSoon(directory);
        try {
            lock.close();
        } catch (IOException e) {
            // It ends with this process anyway.
        }
    }

    /** Removes what killed processes left of theirs. */
    static void sweep(Path app) {
        for (Path left : Sweep.entries(app.resolve(DIRECTORY))) {
            try {
                Optional<DynoLock> dead = DynoLock.ofDead(left);
                if (dead.isPresent()) {
                    DynoLock taken = dead.get();
                    try (taken) {
                        Removal.removeSoon(left);
                    }
                }
            } catch (NoSuchFileException e) {
                // It is just being made, or who made or removed it was killed meanwhile.
                if (isAbandoned(left)) {
                    Removal.removeSoon(left);
                }
            } catch (IOException e) {
                // The next command tries again.
            }
        }
    }

    /** Whether the process that a directory is named after is there no longer. */
    private static boolean isAbandoned(Path left) {
        String name = left.getFileName().toString();
        int end = name.indexOf('-', Entrance.NEW.length());
        if (!name.startsWith(Entrance.NEW) || end < 0) {
            return false;
        }
        try {
            long pid = Long.parseLong(name.substring(Entrance.NEW.length(), end));
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
