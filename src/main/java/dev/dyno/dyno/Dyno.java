package dev.dyno.dyno;

import dev.dyno.app.ConfigVars;
import dev.dyno.app.Procfile;
import dev.dyno.log.ApiEvents;
import dev.dyno.log.Lifecycle;
import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.slug.Removal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
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

    /** The one-off as it is to be remembered, should it be killed. */
    static final String RUN = "run";

    private DynoSpec spec;
    private final DynoName name;
    private final OwnDirectory directory;
    private final FileChannel lock;
    private final LogFile log;
    private final InstantSource clock;
    private final Lifecycle lifecycle;
    private final Consumer<LogLine> witness;
    private final Runs runs;
    private DynoRecord record;
    private @Nullable Run run;
    private volatile long peakMemory;
    private boolean completed;
    private boolean closed;

    Dyno(
            DynoSpec spec,
            DynoRecord record,
            OwnDirectory directory,
            FileChannel lock,
            LogFile log,
            InstantSource clock,
            Consumer<LogLine> witness,
            Runs runs) {
        this.spec = spec;
        this.record = record;
        this.name = record.name();
        this.directory = directory;
        this.lock = lock;
        this.log = log;
        this.clock = clock;
        this.lifecycle = new Lifecycle(name.toString());
        this.witness = witness;
        this.runs = runs;
        this.run = record.formation() ? null : Run.of(spec, record);
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
        return directory.path();
    }

    /** Whether that is still there, and not a link or another directory in its place. */
    public boolean isInPlace() {
        return directory.isInPlace();
    }

    /** It is a one-off that has ended, with the sandbox that was kept of it. */
    void reopens(Run ended) throws IOException {
        run = ended;
        directory.write(RUN, ended.fields()); // first: it may be killed
        runs.reopen(name, directory.path());
    }

    /** Where its copy of the app is. */
    public Path app() {
        return directory.resolve(APP);
    }

    /** Where its temporary files go. */
    public Path tmp() {
        return directory.resolve(TMP);
    }

    /** Where what its terminal shows is to be recorded; kept when the dyno has ended. */
    public Path recording() {
        return directory.resolve(Runs.RECORDING);
    }

    /**
     * It is of this release, which is logged where it was made for it. Of a rollback, process types
     * are those of the release's own Procfile.
     *
     * @return what it is to run
     */
    public DynoSpec deployed(Deploy deploy) throws IOException {
        Release release = deploy.release();
        if (deploy.isRolledBack()) {
            Procfile procfile = Procfile.read(deploy.slug().files()).orThrow();
            spec = spec.with(CommandLine.of(List.of(spec.command().typed()), procfile));
        }
        record = record.of(release, spec.command().run());
        directory.write(RECORD, record.fields());
        if (run != null && run.end() == null) {
            int version = deploy.isImported() ? 0 : release.version();
            var source = new Run.Source(version, release.id(), release.slug().hex());
            run = run.with(spec.command(), source);
            if (deploy.isImported()) {
                directory.write(Runs.RELEASE, release.fields()); // nobody else has it
            }
        }
        if (deploy.isNew()) {
            var events = new ApiEvents(release.user());
            say(events.described(clock.instant(), release.description()));
            say(events.released(clock.instant(), release.version()));
        }
        return spec;
    }

    /**
     * A one-off is about to begin; written down, so that it is remembered whatever becomes of dyno.
     *
     * @param own environment variables of it alone
     */
    public void settled(ConfigVars own, Run.Setting setting) throws IOException {
        if (run != null) {
            run = run.end() == null ? run.with(own, setting, clock.instant()) : run;
            directory.write(RUN, run.fields());
        }
    }

    /** Logs that somebody asked for it. */
    public void asked() {
        say(new ApiEvents(spec.user()).starting(clock.instant(), spec.command().run()));
    }

    /** An attached one-off comes up and starts its command: logged before the command can tell. */
    public void up(int port) throws IOException {
        record = record.in("up", clock.instant());
        directory.write(RECORD, record.fields());
        say(lifecycle.stateChanged(clock.instant(), "starting", "up"));
        say(lifecycle.awaitingClient(clock.instant()));
        String command = spec.command().shown(port);
        say(lifecycle.starting(clock.instant(), command));
    }

    /** Logs that it is being ended from outside by {@code signal}. */
    public void stopping(int signal) {
        var now = clock.instant();
        say(signal == Posix.SIGHUP ? lifecycle.clientClosed(now) : lifecycle.stoppingAll(now));
    }

    /**
     * Logs that what is left of it is killed.
     *
     * @param overdue the grace it has outlived (R12); null where somebody would not wait for that
     */
    public void killing(@Nullable Duration overdue) {
        if (overdue != null) {
            say(lifecycle.exitTimeout(clock.instant(), (int) overdue.toSeconds()));
        }
        say(lifecycle.stoppingRemaining(clock.instant()));
    }

    /** Logs that it uses more memory, in bytes, than it may: R14, or R15 and that it is killed. */
    public void memory(long used, long quota, boolean killed) {
        say(lifecycle.memoryUsed(clock.instant(), used, quota));
        if (killed) {
            say(lifecycle.memoryVastlyExceeded(clock.instant()));
            say(lifecycle.stoppingProcess(clock.instant()));
        } else {
            say(lifecycle.memoryExceeded(clock.instant()));
        }
    }

    /**
     * @param bytes the most memory it used
     */
    public void usedAtMost(long bytes) {
        peakMemory = bytes;
    }

    /**
     * Its command has ended. A one-off is complete then, whatever its status (heroku.md 3.4).
     *
     * @param keep whether to keep its sandbox
     */
    public void ended(Exit exit, boolean keep) {
        complete(List.of(lifecycle.exited(clock.instant(), exit.status())), exit.status(), keep);
    }

    /**
     * dyno could not start it.
     *
     * @param status what the command that was to start it ends with
     */
    public void failed(int status) {
        complete(List.of(), status, false);
    }

    private synchronized void complete(List<LogLine> lines, int status, boolean keep) {
        if (completed) {
            return; // whoever ends it was not waited for any longer
        }
        completed = true;
        lines.forEach(this::say);
        say(lifecycle.stateChanged(clock.instant(), record.state(), "complete"));
        if (run != null) {
            var end = new Run.End(clock.instant(), status, peakMemory);
            Path taken = isInPlace() ? directory.path() : null;
            runs.keep(run.end() == null ? run.with(end) : run, taken, keep);
        }
    }

    /** It comes into another state, which is logged. */
    public void changeState(String from, String to) {
        record = record.in(to, clock.instant());
        try {
            directory.write(RECORD, record.fields());
        } catch (IOException e) {
            // Then ps shows the state before; the log has this one.
        }
        say(lifecycle.stateChanged(clock.instant(), from, to));
    }

    /** Logs that its command is started. */
    public void starting(int port) {
        say(lifecycle.starting(clock.instant(), spec.command().shown(port)));
    }

    /** Logs that somebody wants it restarted. */
    public void restarting() {
        say(lifecycle.restarting(clock.instant()));
    }

    /** Logs that a web dyno did not listen in time, and is killed for it: R10. */
    public void bootTimeout(Duration allowed) {
        say(lifecycle.bootTimeout(clock.instant(), (int) allowed.toSeconds()));
        say(lifecycle.stoppingProcess(clock.instant()));
    }

    /** Logs how its command ended. */
    public void exited(int status) {
        say(lifecycle.exited(clock.instant(), status));
    }

    /** Its log, for what its programs write; closed together with the dyno. */
    public LogFile log() {
        return log;
    }

    private void say(LogLine line) {
        log.append(line);
        witness.accept(line);
    }

    /** Takes it off the roster and removes all of it but the log. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Removal.removeSoon(directory.movedAside(Entrance.GONE + record.id()));
        try {
            log.close();
            lock.close();
        } catch (IOException e) {
            // Both end with this process anyway.
        }
    }
}
