package dev.dyno.dyno;

import dev.dyno.log.ApiEvents;
import dev.dyno.log.Lifecycle;
import dev.dyno.log.LogFile;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.slug.Removal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A dyno of this process: its directory, its entry in the roster, its log. It is alive for as long
 * as its lock is held, which the kernel lets go when dyno dies, however it dies.
 */
public final class Dyno implements AutoCloseable {
    static final String RECORD = "dyno";
    static final String LOCK = "lock";
    static final String APP = "app";
    static final String TMP = "tmp";

    private final DynoSpec spec;
    private final DynoName name;
    private final Path directory;
    private final FileChannel lock;
    private final LogFile log;
    private final InstantSource clock;
    private final Lifecycle lifecycle;
    private DynoRecord record;
    private boolean closed;

    Dyno(
            DynoSpec spec,
            DynoRecord record,
            Path directory,
            FileChannel lock,
            LogFile log,
            InstantSource clock) {
        this.spec = spec;
        this.record = record;
        this.name = record.name();
        this.directory = directory;
        this.lock = lock;
        this.log = log;
        this.clock = clock;
        this.lifecycle = new Lifecycle(name.toString());
    }

    public DynoName name() {
        return name;
    }

    /** Of this dyno and no other, whatever its name. */
    public String id() {
        return record.id();
    }

    /** All that is the dyno's own on disk. */
    public Path directory() {
        return directory;
    }

    /** Where its copy of the app is. */
    public Path app() {
        return directory.resolve(APP);
    }

    /** Where its temporary files go. */
    public Path tmp() {
        return directory.resolve(TMP);
    }

    /** It is of this release, which is logged where it was made for it. */
    public void deployed(Deploy deploy) throws IOException {
        Release release = deploy.release();
        record = record.of(release);
        record.fields().write(directory.resolve(RECORD));
        if (deploy.isNew()) {
            var events = new ApiEvents(release.user());
            log.append(events.described(clock.instant(), release.description()));
            log.append(events.released(clock.instant(), release.version()));
        }
    }

    /** Logs that somebody asked for it. */
    public void asked() {
        log.append(new ApiEvents(spec.user()).starting(clock.instant(), spec.command().run()));
    }

    /** An attached one-off comes up and starts its command: logged before the command can tell. */
    public void up(int port) throws IOException {
        record = record.up(clock.instant());
        record.fields().write(directory.resolve(RECORD));
        log.append(lifecycle.stateChanged(clock.instant(), "starting", "up"));
        log.append(lifecycle.awaitingClient(clock.instant()));
        String command = withPort(spec.command().run(), port);
        log.append(lifecycle.starting(clock.instant(), command));
    }

    /** Logs that it is being ended from outside by {@code signal}. */
    public void stopping(int signal) {
        log.append(
                signal == Posix.SIGHUP
                        ? lifecycle.clientClosed(clock.instant())
                        : lifecycle.stoppingAll(clock.instant()));
    }

    /**
     * Logs that what is left of it is killed.
     *
     * @param overdue the grace it has outlived (R12); null where somebody would not wait for that
     */
    public void killing(@Nullable Duration overdue) {
        if (overdue != null) {
            log.append(lifecycle.exitTimeout(clock.instant(), (int) overdue.toSeconds()));
        }
        log.append(lifecycle.stoppingRemaining(clock.instant()));
    }

    /**
     * Logs that it uses more memory than it may: R14, or R15 and that it is killed.
     *
     * @param used in bytes
     * @param quota in bytes
     */
    public void memory(long used, long quota, boolean killed) {
        log.append(lifecycle.memoryUsed(clock.instant(), used, quota));
        if (killed) {
            log.append(lifecycle.memoryVastlyExceeded(clock.instant()));
            log.append(lifecycle.stoppingProcess(clock.instant()));
        } else {
            log.append(lifecycle.memoryExceeded(clock.instant()));
        }
    }

    /** Its command has ended. A one-off is complete then, whatever its status (heroku.md 3.4). */
    public void ended(Exit exit) {
        log.append(lifecycle.exited(clock.instant(), exit.status()));
        log.append(lifecycle.stateChanged(clock.instant(), record.state(), "complete"));
    }

    /** dyno could not start it. */
    public void failed() {
        log.append(lifecycle.stateChanged(clock.instant(), record.state(), "complete"));
    }

    /** Takes it off the roster and removes all of it but the log. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Path gone = directory.resolveSibling(Dynos.GONE + record.id());
        try {
            Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            gone = directory;
        }
        Removal.removeSoon(gone);
        try {
            log.close();
            lock.close();
        } catch (IOException e) {
            // Both end with this process anyway.
        }
    }

    /** The log shows a plain {@code $PORT} by its value, as Heroku's does (heroku.md 3.4). */
    static String withPort(String command, int port) {
        int at = command.indexOf("$PORT");
        if (at < 0) {
            return command;
        }
        int end = at + "$PORT".length();
        boolean whole = end == command.length() || !isWordPart(command.charAt(end));
        return command.substring(0, at)
                + (whole ? Integer.toString(port) : "$PORT")
                + withPort(command.substring(end), port);
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
