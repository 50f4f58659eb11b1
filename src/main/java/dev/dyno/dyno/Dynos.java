package dev.dyno.dyno;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.release.InUse;
import dev.dyno.release.Release;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The roster of an app's dynos. A dyno's directory appears in it whole and locked, so that whoever
 * finds one whose lock is free knows it to be dead.
 */
public final class Dynos {
    private static final String LOG = ".log";
    private static final int FIRST = 1000;
    private static final int BEYOND = 10_000;
    private static final int TRIES = 64;

    private final Home home;
    private final Entrance entrance;
    private final App app;
    private final InstantSource clock;
    private final RandomGenerator chance;

    public Dynos(Home home, App app, InstantSource clock, RandomGenerator chance) {
        this.home = home;
        this.entrance = new Entrance(home, home.app(app.key()).resolve("dynos"), clock);
        this.app = app;
        this.clock = clock;
        this.chance = chance;
    }

    /** Where the app's logs are, a file for each dyno. */
    public Path logs() {
        return home.app(app.key()).resolve("logs");
    }

    private Path roster() {
        return home.app(app.key()).resolve("dynos");
    }

    /**
     * Makes a one-off with a name of its own, four digits as Heroku's; state {@code starting}.
     *
     * @throws UserError where the state directory cannot be written or all names are taken
     */
    public Dyno create(DynoSpec spec) {
        return create(spec, record -> record, _ -> {});
    }

    private Dyno create(DynoSpec spec, UnaryOperator<DynoRecord> kind, Consumer<LogLine> witness) {
        home.directory(roster());
        Path logs = home.directory(logs());
        try {
            for (int i = 0; i < TRIES; i++) {
                Dyno dyno = claim(spec, chance.nextInt(FIRST, BEYOND), kind, witness);
                if (dyno != null) {
                    return dyno;
                }
            }
            for (int number = FIRST; number < BEYOND; number++) {
                Dyno dyno = claim(spec, number, kind, witness);
                if (dyno != null) {
                    return dyno;
                }
            }
        } catch (IOException e) {
            throw cannotMake(e);
        }
        throw new UserError(
                "all names from " + spec.type().name() + ".1000 to 9999 are taken",
                "Remove old logs in " + logs + ".");
    }

    /**
     * Makes a dyno of a formation, whose log goes on where its predecessor's of the same name
     * ended.
     *
     * @param state {@code down} or {@code starting}
     * @param witness told of all that is logged of its life
     * @throws UserError where the state directory cannot be written, or it is there already
     */
    public Dyno create(
            DynoSpec spec, int number, Release release, String state, Consumer<LogLine> witness) {
        Path roster = home.directory(roster());
        var name = new DynoName(spec.type(), number);
        Path logs = home.directory(logs());
        try {
            LogFile log = LogFile.openOrCreate(logs.resolve(name + LOG));
            DynoRecord made = record(spec, number, state).of(release).ofFormation();
            Dyno dyno = entrance.enter(spec, made, log, witness);
            if (dyno != null) {
                return dyno;
            }
        } catch (IOException e) {
            throw cannotMake(e);
        }
        throw new UserError(
                "there is a " + name + " already in " + roster,
                "See what runs with: " + CalledAs.NAME + " ps");
    }

    /**
     * Makes a dyno of what was kept of a one-off's sandbox, under its name; what it does is
     * remembered nowhere but in there and in the log.
     *
     * @throws UserError where it is open already, or the state directory cannot be written
     */
    public Dyno reopen(DynoSpec spec, Run run) {
        Path roster = home.directory(roster());
        int number = run.name().number();
        try {
            LogFile log = LogFile.openOrCreate(home.directory(logs()).resolve(run.name() + LOG));
            Dyno dyno = entrance.enter(spec, record(spec, number, "starting"), log, _ -> {});
            if (dyno != null) {
                dyno.reopens(run);
                return dyno;
            }
        } catch (IOException e) {
            throw cannotMake(e);
        }
        throw new UserError(
                run.name() + " is open already: there is one in " + roster,
                "See what runs with: " + CalledAs.NAME + " ps");
    }

    /**
     * Makes the dyno of a release phase: with a name like a one-off's, but run by the {@code local}
     * that runs the formation.
     */
    public Dyno createForRelease(DynoSpec spec, Release release, Consumer<LogLine> witness) {
        return create(spec, record -> record.of(release).ofFormation(), witness);
    }

    /** Null where the name is taken, by a dyno or by a log that can still be read. */
    private @Nullable Dyno claim(
            DynoSpec spec, int number, UnaryOperator<DynoRecord> kind, Consumer<LogLine> witness)
            throws IOException {
        Path logs = logs();
        var name = new DynoName(spec.type(), number);
        LogFile log;
        try {
            log = LogFile.create(logs.resolve(name + LOG));
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        try {
            DynoRecord record = kind.apply(record(spec, number, "starting"));
            return entrance.enter(spec, record, log, witness);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(logs.resolve(name + LOG));
            throw e;
        }
    }

    private DynoRecord record(DynoSpec spec, int number, String state) {
        Instant now = clock.instant();
        return new DynoRecord(
                id(),
                new DynoName(spec.type(), number),
                ProcessHandle.current().pid(),
                spec.command().run(),
                spec.size().label(),
                0,
                "",
                "",
                state,
                now,
                now,
                false);
    }

    private UserError cannotMake(IOException e) {
        String reason =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : String.valueOf(e.getMessage());
        return new UserError(
                "cannot make a dyno in " + roster() + ": " + reason,
                "Free some space there, or set DYNO_HOME to another directory.");
    }

    /**
     * What is kept for the dynos alive now, and for the one-offs that are remembered.
     *
     * @param keepRuns how many those are
     */
    public InUse inUse(int keepRuns) {
        var slugs = new HashSet<SlugId>();
        var releases = new HashSet<Integer>();
        List<DynoRecord> alive = alive();
        for (DynoRecord dyno : alive) {
            if (SlugId.isId(dyno.slug())) {
                slugs.add(new SlugId(dyno.slug()));
            }
        }
        new Runs(home, app).addNeeded(slugs, releases, keepRuns);
        return new InUse(slugs, releases, !alive.isEmpty());
    }

    /** The dynos alive now, by name, then by number. */
    public List<DynoRecord> alive() {
        var alive = new ArrayList<DynoRecord>();
        try (var entries = Files.newDirectoryStream(roster())) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".") && DynoLock.isHeld(entry)) {
                    record(entry).ifPresent(alive::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No roster yet.
        }
        alive.sort(
                Comparator.comparing((DynoRecord d) -> d.name().type().name())
                        .thenComparingInt(d -> d.name().number()));
        return alive;
    }

    private static Optional<DynoRecord> record(Path dyno) {
        try {
            return DynoRecord.of(Fields.read(dyno.resolve(Dyno.RECORD)));
        } catch (IOException e) {
            return Optional.empty(); // it ended this moment
        }
    }

    /** The dyno of this name, if it is alive. */
    public Optional<DynoRecord> find(DynoName name) {
        return alive().stream().filter(dyno -> dyno.name().equals(name)).findFirst();
    }

    /** Whether it is this dyno that is alive, and not another that has its name by now. */
    public boolean isAlive(DynoRecord dyno) {
        try {
            Path directory = directory(dyno);
            return DynoLock.isHeld(directory)
                    && Fields.read(directory.resolve(Dyno.RECORD)).get("id").equals(dyno.id());
        } catch (IOException e) {
            return false;
        }
    }

    /** All that is a dyno's own on disk. */
    public Path directory(DynoRecord dyno) {
        return roster().resolve(dyno.name().toString());
    }

    /**
     * Watches the roster, from now on, for dynos that come, go or come into another state.
     *
     * @throws UserError where the state directory cannot be written
     */
    public RosterWatch watch() {
        return RosterWatch.of(home.directory(roster()), home.directory(logs()));
    }

    /**
     * Tells the dyno command that runs this one-off to end it, as SIGTERM does; returns at once.
     *
     * @return false where the dyno has ended meanwhile
     */
    public boolean stop(DynoRecord dyno) {
        if (dyno.formation()) {
            throw new IllegalArgumentException(dyno.name() + " is the formation's to stop");
        }
        return Stopping.ask(dyno, directory(dyno));
    }

    private String id() {
        return new java.util.UUID(
                        (chance.nextLong() & ~0xF000L) | 0x4000L,
                        (chance.nextLong() >>> 2) | Long.MIN_VALUE)
                .toString();
    }
}
