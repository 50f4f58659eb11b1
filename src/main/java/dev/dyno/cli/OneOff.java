package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoEnvironment;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Sweep;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.release.Deploy;
import dev.dyno.sandbox.Sandbox;
import dev.dyno.slug.Slug;
import dev.dyno.slug.Stopped;
import dev.dyno.terminal.Terminal;
import dev.dyno.terminal.WindowSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One one-off dyno from the asking to the end. What is native is set up, and isolation is found,
 * while the app is looked at; what killed predecessors left is swept while the program runs.
 */
final class OneOff implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final int LOWEST_PORT = 10_000;
    private static final int BEYOND_PORT = 60_000;

    private final World world;
    private final Client client;
    private final Messages messages;
    private final boolean terminal;
    private final Stopper stopper;
    private final FutureTask<@Nullable Terminal> opening;
    private final FutureTask<List<String>> sweeping;
    private final FutureTask<IsolationChoice> choosing;
    private final List<String> mended;
    private IntPredicate kept = _ -> false;
    private @Nullable WindowSize window;
    private String name = "";
    private boolean telling;

    /**
     * @param isolation what {@code --isolation} says; empty without it
     */
    OneOff(World world, Client client, Messages messages, boolean terminal, String isolation) {
        this.world = world;
        this.client = client;
        this.messages = messages;
        this.terminal = terminal;
        this.mended = world.home().check(); // before a thread reads or writes there
        this.stopper = new Stopper(world.grace());
        stopper.hearSignals(client.isAttached());
        opening = new FutureTask<>(() -> terminal ? Terminal.open() : null);
        Thread.ofPlatform().name("terminal").daemon().start(opening);
        var sweep = new Sweep(world.home(), world.clock(), world.keepRuns());
        sweeping = new FutureTask<>(sweep::run);
        choosing = new FutureTask<>(() -> IsolationChoice.of(isolation, world));
        Thread.ofPlatform().name("isolation").daemon().start(choosing);
    }

    /** Its sandbox is kept if the status is one of these. */
    OneOff keepingIf(IntPredicate status) {
        kept = status;
        return this;
    }

    /** What it has changed of its files is told on stderr in the end. */
    OneOff telling(boolean changes) {
        telling = changes;
        return this;
    }

    /** Its terminal, if it has one, has this size until the user's window is resized. */
    OneOff sized(@Nullable WindowSize size) {
        window = size;
        return this;
    }

    /** What its dyno is called; empty before there is one. */
    String name() {
        return name;
    }

    /** Whether it was ended from outside. */
    boolean isStopped() {
        return stopper.isAsked();
    }

    /**
     * Returns the exit status of the command, or 128 + the signal that ended dyno.
     *
     * @param own environment variables of this dyno alone
     */
    int run(DynoSpec asked, Origin origin, ConfigVars own) throws Exception {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        client.begins(asked);
        var warnings = new ArrayList<String>(mended);
        warnings.addAll(origin.prepare(world, asked.app()));
        var dynos = world.dynos(asked.app());
        try (Dyno dyno = origin.enter(dynos, asked)) {
            name = dyno.name().toString();
            try {
                IsolationChoice isolation = result(choosing);
                DynoSpec spec;
                Slug slug;
                ConfigVars config;
                try (Deploy deploy =
                        origin.deploy(
                                world.releases(asked.app()), asked.user(), stopper::isAsked)) {
                    spec = dyno.deployed(deploy);
                    slug = deploy.slug();
                    config = deploy.release().config();
                    warnings.addAll(deploy.warnings());
                }
                dyno.asked();
                int port = chance.nextInt(LOWEST_PORT, BEYOND_PORT);
                Terminal opened = result(opening);
                Sandbox sandbox =
                        new Sandboxes(isolation, world.environment())
                                .make(
                                        spec,
                                        dyno,
                                        slug,
                                        origin.isFresh(),
                                        terminal,
                                        stopper::isAsked);
                var environment = new DynoEnvironment(dyno.name(), port, world.environment());
                environment.home(sandbox.home(), sandbox.temporary());
                WindowSize wanted = window;
                if (opened != null && wanted != null) {
                    opened.fix(wanted);
                }
                int columns = opened == null ? 0 : opened.size().columns();
                int rows = opened == null ? 0 : opened.size().rows();
                if (opened != null) {
                    environment.terminal(columns, rows);
                }
                dyno.settled(own, new Run.Setting(isolation.level(), columns, rows));
                Invocation invocation =
                        sandbox.invocation(
                                spec.command().run(),
                                environment.config(config.with(own)).variables());
                if (!isolation.warning().isEmpty()) {
                    warnings.add(isolation.warning());
                }
                warnings.forEach(client::warns);
                client.comesUp(dyno, port);
                // Now, when there is nothing else to do.
                Thread.ofPlatform().name("sweep").daemon().start(sweeping);
                Exit exit = client.run(dyno, spec, invocation, opened, stopper);
                boolean keep = kept.test(exit.status());
                leave(dyno, slug, origin.isFresh() && !keep);
                dyno.ended(exit, keep);
                swept().forEach(messages::warning);
                return stopper.isAsked() ? stopper.status() : exit.status();
            } catch (Stopped e) {
                client.fails();
                dyno.failed(stopper.status());
                return stopper.status();
            } catch (UserError | IOException e) {
                client.fails();
                dyno.failed(RunCommand.COULD_NOT_START);
                throw e instanceof UserError
                        ? e
                        : new UserError("cannot start the dyno: " + e.getMessage());
            }
        }
    }

    /** Tells what the dyno has changed, and reduces its copy of the slug to that. */
    private void leave(Dyno dyno, Slug slug, boolean reducing) {
        if (!dyno.isInPlace()) {
            messages.warning(
                    dyno.directory() + " was replaced: what " + name + " changed is not kept");
            return;
        }
        try {
            if (telling) {
                var list =
                        new ChangeList(
                                Trace.running(dyno.directory(), slug.files()), messages.palette());
                DiffCommand.warn(list.changes(), messages);
                list.print(world.err());
            }
            if (reducing && !Sandboxes.isOverlay(dyno.directory())) {
                Trace.store(dyno.directory(), slug.files(), terminal);
            }
        } catch (UserError e) {
            messages.warning(String.valueOf(e.getMessage())); // its status is what counts
        }
    }

    /** What the sweep found; not waited for long, since the next command sweeps too. */
    private List<String> swept() throws InterruptedException, ExecutionException {
        try {
            return sweeping.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of();
        }
    }

    /** What a thread has found; not waited for once dyno is told to end. */
    private <T extends @Nullable Object> T result(FutureTask<T> task) throws IOException {
        try {
            while (true) {
                try {
                    return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (stopper.isAsked()) {
                        throw new Stopped();
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof UserError user) {
                throw user;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            Terminal open = opening.get();
            if (open != null) {
                open.close();
            }
        } catch (ExecutionException e) {
            // There is none to close; run has said why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopper.finished();
        }
    }
}
