package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoEnvironment;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.formation.ApiLog;
import dev.dyno.formation.AppWatch;
import dev.dyno.formation.Build;
import dev.dyno.formation.Formation;
import dev.dyno.formation.FormationServer;
import dev.dyno.formation.PhaseRecords;
import dev.dyno.formation.Plan;
import dev.dyno.formation.Ports;
import dev.dyno.formation.Report;
import dev.dyno.formation.Rollout;
import dev.dyno.formation.Stage;
import dev.dyno.formation.Supervisor;
import dev.dyno.output.Output;
import dev.dyno.output.Target;
import dev.dyno.process.HelperProgram;
import dev.dyno.process.Invocation;
import dev.dyno.process.Posix;
import dev.dyno.process.Reaper;
import dev.dyno.process.Signals;
import dev.dyno.release.Deploy;
import dev.dyno.release.Releases;
import dev.dyno.sandbox.Sandbox;
import dev.dyno.terminal.Guardian;
import dev.dyno.terminal.WindowSize;
import dev.dyno.text.Palette;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One call of {@code dyno local}: puts together what a formation needs, and sees to its end. */
final class LocalSession implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private static final Duration IN_A_HURRY = Duration.ofSeconds(1);

    /** timeout(1) and npm pass on a signal that the whole process group has had already. */
    private static final long ECHO_NANOS = 30_000_000;

    private final LocalOptions options;
    private final World world;
    private final Messages messages;
    private final App app;
    private final Dynos dynos;
    private final Releases releases;
    private final String user = System.getProperty("user.name") + "@localhost";
    private final AtomicInteger stops = new AtomicInteger();
    private long stopped;
    private final AtomicReference<@Nullable Supervisor> supervisor = new AtomicReference<>();
    private final Output output;

    LocalSession(LocalOptions options, World world, Messages messages) {
        this.options = options;
        this.world = world;
        this.messages = messages;
        this.app = options.app();
        this.dynos = world.dynos(app);
        this.releases =
                new Releases(
                        world.home(),
                        app,
                        world.clock(),
                        world.keepReleases(),
                        () -> dynos.inUse(world.keepRuns()));
        Palette palette = world.palette(options.has("--no-color"));
        this.output =
                new Output(
                        options.format(),
                        new Target(1, palette, world.outIsTerminal()),
                        new Target(
                                2,
                                world.errIsTerminal() ? palette : Palette.PLAIN,
                                world.errIsTerminal()),
                        ZoneId.systemDefault(),
                        world.clock(),
                        () -> stop(Posix.SIGPIPE));
    }

    int run() throws InterruptedException, IOException {
        world.sweep(messages);
        new FirstUse(world, app).prepare().forEach(messages::warning);
        EnvFiles config = options.config(messages::warning, loaded -> output.banner(loaded, false));
        Procfile procfile = options.procfile(releases.files(config::vars), messages::warning);
        IsolationChoice isolation = IsolationChoice.of(options.isolation(), world);
        if (!isolation.warning().isEmpty()) {
            messages.warning(isolation.warning());
        }
        try (FormationServer server = FormationServer.open(world.home(), app, world.clock());
                ApiLog api = ApiLog.open(world.home(), app, world.clock(), user)) {
            server.warnings().forEach(messages::warning);
            Formation formation = options.formation(server.remembered(procfile));
            Ports ports = ports(formation, procfile, config);
            return run(server, api, formation, ports, isolation);
        }
    }

    /** Each dyno's port is looked at before anything is started. */
    private Ports ports(Formation formation, Procfile procfile, EnvFiles config) {
        int base =
                Ports.base(
                        options.port(),
                        releases.config(config.vars()).vars().values(),
                        config.names(),
                        world.environment());
        Ports ports = Ports.of(base, formation, procfile);
        for (DynoName name : formation.dynos()) {
            ports.check(name);
            output.expect(name.toString());
        }
        return ports;
    }

    private int run(
            FormationServer server,
            ApiLog api,
            Formation formation,
            Ports ports,
            IsolationChoice isolation)
            throws InterruptedException {
        boolean terminals = !options.has("--no-tty");
        var sandboxes = new Sandboxes(isolation, world.environment());
        @Nullable Guardian guardian = isolation.namespaces() == null ? Guardian.ofDynos() : null;
        var stage =
                new Stage(
                        app,
                        dynos,
                        (dyno, spec, build, port) -> {
                            if (guardian != null) {
                                guardian.watch(dyno.directory());
                            }
                            return prepare(sandboxes, dyno, spec, build, port, terminals);
                        },
                        output,
                        world.clock(),
                        terminals ? WindowSize.ofOutput() : null,
                        !options.has("--no-limits"),
                        user,
                        world.grace(),
                        new Reaper(),
                        Executors.newSingleThreadExecutor(daemons("starter")),
                        Executors.newCachedThreadPool(daemons("effect")));
        var report = new Report(output);
        var rules =
                new Plan.Rules(
                        world.backoff(), world.bootTimeout(), world.grace(), options.has("--once"));
        var rollout =
                new Rollout(stage, this::deploy, new PhaseRecords(releases, api, dynos), report);
        var made = new Supervisor(stage, rules, ports, rollout, report, server, api);
        supervisor.set(made);
        for (String signal : List.of("INT", "TERM", "HUP")) {
            Signals.on(signal, this::stop);
        }
        Posix.adoptOrphans();
        server.serve(made::serve);
        try (AppWatch _ = watch(made)) {
            return made.run(formation);
        } finally {
            // Whoever has run away from a dyno and hidden it was adopted by us.
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> !HelperProgram.isLeft(process))
                    .forEach(ProcessHandle::destroyForcibly);
            if (guardian != null) {
                guardian.close();
            }
        }
    }

    /** With {@code --watch}; null without it, or where it cannot be had. */
    private @Nullable AppWatch watch(Supervisor running) {
        if (!options.has("--watch")) {
            return null;
        }
        try {
            return AppWatch.start(
                    app.directory(),
                    world.home().directory(releases.directory()),
                    options.namedFiles(),
                    running::refresh);
        } catch (IOException e) {
            warn(
                    "cannot watch the app: "
                            + e.getMessage()
                            + ". After a change: "
                            + CalledAs.NAME
                            + " ps:restart");
            return null;
        }
    }

    private static java.util.concurrent.ThreadFactory daemons(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    private Invocation prepare(
            Sandboxes sandboxes, Dyno dyno, DynoSpec spec, Build build, int port, boolean terminals)
            throws IOException {
        Sandbox sandbox =
                sandboxes.make(spec, dyno, build.slug(), true, terminals, () -> stops.get() > 0);
        var environment = new DynoEnvironment(dyno.name(), port, world.environment());
        environment.home(sandbox.home(), sandbox.temporary());
        return sandbox.invocation(
                spec.command().run(), environment.config(build.config()).variables());
    }

    /** The app as it is now. Its {@code PORT} is where ports begin, not each dyno's. */
    private Build deploy(BooleanSupplier stopped) {
        ConfigVars env = options.config(this::warn, _ -> {}).vars();
        // Nothing is deployed of an app whose Procfile is broken.
        Procfile checked = options.procfile(releases.files(() -> env), this::warn);
        try (Deploy deploy = releases.deploy(env, user, true, stopped)) {
            deploy.warnings().forEach(this::warn);
            Procfile procfile =
                    deploy.isRolledBack()
                            ? options.procfile(deploy.slug().files(), _ -> {})
                            : checked;
            var own = new LinkedHashMap<>(deploy.release().config().values());
            own.remove("PORT");
            return new Build(
                    deploy.release(), deploy.slug(), procfile, new ConfigVars(own), deploy.isNew());
        }
    }

    private void warn(String text) {
        output.banner("[WARN] " + text, true);
    }

    private synchronized void stop(int signal) {
        long now = System.nanoTime();
        if (stops.get() > 0 && now - stopped < ECHO_NANOS) {
            return;
        }
        stopped = now;
        if (stops.incrementAndGet() == 1) {
            Thread.ofPlatform().name("hurry").daemon().start(this::hurry);
        }
        Supervisor running = supervisor.get();
        if (running != null) {
            running.stop(signal);
        }
    }

    /**
     * dynos count as ended only when their output is out, for which a stalled reader has so long.
     */
    private void hurry() {
        long began = System.nanoTime();
        Duration stalled = Duration.ZERO;
        while (stalled.compareTo(stops.get() > 1 ? IN_A_HURRY : world.grace()) <= 0) {
            LockSupport.parkNanos(Duration.ofMillis(LOOK_MILLIS).toNanos());
            Duration since = Duration.ofNanos(System.nanoTime() - began);
            stalled = output.stalled().compareTo(since) < 0 ? output.stalled() : since;
        }
        output.abandon();
    }

    /**
     * Prints what is left to print, unless its reader does not go on for as long as a dyno would
     * have had, or somebody does not want to wait for that.
     */
    @Override
    public void close() {
        Thread closing = Thread.ofPlatform().name("close").daemon().start(output::close);
        int asked = stops.get();
        try {
            while (!closing.join(Duration.ofMillis(LOOK_MILLIS))) {
                if (stops.get() > Math.max(asked, 1)
                        || output.stalled().compareTo(world.grace()) > 0) {
                    output.abandon();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
