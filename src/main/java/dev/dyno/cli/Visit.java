package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.RosterWatch;
import dev.dyno.limit.Cgroup;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Running;
import dev.dyno.sandbox.Entry;
import dev.dyno.terminal.Terminal;
import dev.dyno.terminal.WindowSize;
import dev.dyno.transfer.Copy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One more program in a dyno that runs: attached as {@code run}'s is, within the dyno's limits, and
 * ended when the dyno ends. Nothing of it is logged.
 */
final class Visit implements AutoCloseable {
    private static final String CRASHED = "crashed";
    private static final String DOWN = "down";

    private final World world;
    private final Dynos dynos;
    private final DynoRecord dyno;
    private final Stopper stopper;
    private final Entry entry;

    private Visit(World world, Dynos dynos, DynoRecord dyno, Entry entry) {
        this.world = world;
        this.dynos = dynos;
        this.dyno = dyno;
        this.entry = entry;
        this.stopper = new Stopper(world.grace());
    }

    /**
     * Finds the way in; nothing where there is no such dyno.
     *
     * @throws UserError where it has no processes, or cannot be entered
     */
    static Optional<Visit> to(DynoName name, App app, World world) {
        Dynos dynos = world.dynos(app);
        Optional<DynoRecord> found = dynos.find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DynoRecord dyno = found.get();
        if (dyno.state().equals(CRASHED) || dyno.state().equals(DOWN)) {
            throw new UserError(
                    name + " is " + dyno.state() + ": it has no processes",
                    "See what runs with: " + CalledAs.NAME + " ps");
        }
        Entry entry = Entry.of(dynos.directory(dyno), dyno.pid());
        if (!dynos.isAlive(dyno)) {
            entry.close(); // and what was found may be another's
            return Optional.empty();
        }
        return Optional.of(new Visit(world, dynos, dyno, entry));
    }

    /** Runs a shell line as the dyno's own command was run; returns its status. */
    int run(String line, @Nullable Terminal terminal) throws IOException, InterruptedException {
        return run(entry.line(line, variables(terminal)), terminal);
    }

    /** Copies files out of the dyno and into it; the shell that does it is found by no PATH. */
    Copy copy() {
        return new Copy(
                argv ->
                        limited(
                                entry.program(
                                        argv, Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"))),
                entry.bounds());
    }

    private int run(Invocation invocation, @Nullable Terminal terminal)
            throws IOException, InterruptedException {
        stopper.hearSignals(true);
        Exit exit =
                new Attached(world, stopper, entry.mark(), null, this::endWithDyno)
                        .run(terminal, limited(invocation));
        return stopper.isAsked() ? stopper.status() : exit.status();
    }

    /** Enters the dyno's control groups too. */
    private Invocation limited(Invocation invocation) {
        return entry.member().isPresent()
                ? Cgroup.enter(dyno.id(), entry.member().getAsLong(), invocation)
                : invocation;
    }

    private Map<String, String> variables(@Nullable Terminal terminal) {
        var variables = new LinkedHashMap<String, String>();
        String type = world.environment().getOrDefault("TERM", "");
        if (!type.isEmpty()) {
            variables.put("TERM", type);
        }
        if (terminal != null) {
            WindowSize size = terminal.size();
            variables.put("COLUMNS", Integer.toString(size.columns()));
            variables.put("LINES", Integer.toString(size.rows()));
        }
        return variables;
    }

    private Running endWithDyno(Running running) {
        Thread.ofPlatform().name("dyno's end").daemon().start(() -> awaitEnd(running));
        return running;
    }

    private void awaitEnd(Running running) {
        try (RosterWatch watch = dynos.watch()) {
            while (dynos.isAlive(dyno)) {
                watch.await();
            }
            running.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        entry.close();
        stopper.finished();
    }
}
