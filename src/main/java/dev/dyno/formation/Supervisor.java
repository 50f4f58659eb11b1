package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.process.Exit;
import dev.dyno.process.Listeners;
import dev.dyno.process.Posix;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a formation: tells the {@link Plan} what happens and does what it decides. All of it happens
 * on the thread that calls {@link #run}, one task of the queue after the other.
 */
public final class Supervisor {
    private static final String WEB = "web";
    private static final long PROBE_MILLIS = 25;
    private static final long NUDGE_MILLIS = 200;
    private static final long IDLE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Stage stage;
    private final Plan plan;
    private final Plan.Rules rules;
    private final Ports ports;
    private final Rollout rollout;
    private final Report report;
    private final FormationServer server;
    private final ApiLog api;
    private final Listeners listeners = new Listeners();
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Map<DynoName, Post> posts = new LinkedHashMap<>();
    private final Set<DynoName> booting = new HashSet<>();
    private final Set<DynoName> terminating = new HashSet<>();
    private final Set<DynoName> coolingOff = new HashSet<>();
    private Formation formation = Formation.EMPTY;
    private @Nullable Build build;
    private long nudged;
    private OptionalInt status = OptionalInt.empty();

    /**
     * @param rollout brings the app's newest release; told to by whoever restarts
     */
    public Supervisor(
            Stage stage,
            Plan.Rules rules,
            Ports ports,
            Rollout rollout,
            Report report,
            FormationServer server,
            ApiLog api) {
        this.stage = stage;
        this.rules = rules;
        this.plan = new Plan(rules);
        this.ports = ports;
        this.rollout = rollout;
        this.report = report;
        this.server = server;
        this.api = api;
    }

    /**
     * Deploys, runs the release phase, then the formation, until it is told to end.
     *
     * @return the exit status: 128 + the signal, a failed release phase's, or with {@code once} the
     *     first failing dyno's
     * @throws UserError where the app cannot be deployed
     */
    public int run(Formation first) throws InterruptedException {
        formation = first;
        rollout.begin(this::tell, _ -> {}, outcome -> begin(outcome, first));
        while (status.isEmpty() || rollout.isActive()) {
            Runnable task = queue.poll(patience(), TimeUnit.MILLISECONDS);
            if (task != null) {
                task.run();
            }
            probe();
            nudge();
            rollout.tick(now());
            on(new Event.Tick());
        }
        posts.values().forEach(Post::close);
        return status.getAsInt();
    }

    private void begin(Rollout.Outcome outcome, Formation first) {
        switch (outcome) {
            case Rollout.Outcome.Ready(Build ready) -> {
                build = ready;
                scale(first);
            }
            case Rollout.Outcome.Refused(UserError why) -> throw why;
            case Rollout.Outcome.PhaseFailed(int failed) -> {
                report.phaseFailed(failed);
                finish(failed);
            }
            case Rollout.Outcome.CalledOff() -> {}
        }
    }

    /** Has a task done on the supervisor's thread; from any thread. */
    void tell(Runnable task) {
        queue.add(task);
    }

    /** Ends all; a second time, at once. From any thread. */
    public void stop(int signal) {
        tell(() -> {
            report.stopping(signal);
            rollout.stop(now());
            on(new Event.StopAsked(signal));
        });
    }

    /** Answers what another window asks; from any thread. */
    public void serve(Asked asked) {
        tell(() -> answer(asked));
    }

    private void answer(Asked asked) {
        switch (asked.request()) {
            case Request.Change change -> {
                Answer answer = change.applyTo(formation);
                if (answer instanceof Answer.Done(Formation after)) {
                    server.remember(after);
                    api.scaled(change, after);
                    change(after);
                }
                asked.answer(answer);
            }
            case Request.Restart(Selection selection) -> restart(selection, asked);
            case Request.Stop(Selection selection) -> restart(selection, asked);
        }
    }

    private void change(Formation after) {
        var resized = new LinkedHashSet<DynoName>();
        for (DynoName name : posts.keySet()) {
            if (sizeIn(formation, name) != sizeIn(after, name)) {
                resized.add(name);
            }
        }
        scale(after);
        if (!resized.isEmpty()) {
            on(new Event.RestartAsked(resized));
        }
    }

    private void scale(Formation after) {
        formation = after;
        var quantities = new LinkedHashMap<String, Integer>();
        after.entries().forEach((type, entry) -> quantities.put(type, entry.quantity()));
        on(new Event.Scaled(quantities));
    }

    /** On the newest release, whose making is waited for; its release phase is not. */
    private void restart(Selection selection, Asked asked) {
        var chosen = new LinkedHashSet<DynoName>();
        for (DynoName name : posts.keySet()) {
            if (selection.includes(name)) {
                chosen.add(name);
            }
        }
        if (chosen.isEmpty() && selection instanceof Selection.OneDyno) {
            asked.answer(Answer.unknownDyno());
            return;
        }
        rollout.begin(
                this::tell,
                wrong -> asked.answer(answer(wrong)),
                outcome -> restart(outcome, chosen));
    }

    private Answer answer(Optional<UserError> wrong) {
        return wrong.<Answer>map(error ->
                        new Answer.Refused(
                                String.valueOf(error.getMessage()),
                                error.hint() == null ? "" : error.hint(),
                                Answer.INVALID))
                .orElseGet(() -> new Answer.Done(formation));
    }

    /** The app may have changed: if it has, all restart on its new release. From any thread. */
    public void refresh() {
        tell(() -> rollout.begin(this::tell, _ -> {}, this::refreshed));
    }

    private void refreshed(Rollout.Outcome outcome) {
        boolean same =
                outcome instanceof Rollout.Outcome.Ready(Build ready)
                        && build != null
                        && ready.release().id().equals(build.release().id());
        if (!same) {
            restart(outcome, posts.keySet());
        }
    }

    private void restart(Rollout.Outcome outcome, Set<DynoName> chosen) {
        switch (outcome) {
            case Rollout.Outcome.Ready(Build ready) -> {
                build = ready;
                on(new Event.RestartAsked(Set.copyOf(chosen)));
            }
            case Rollout.Outcome.Refused(UserError why) -> report.refused(why);
            case Rollout.Outcome.PhaseFailed(int failed) -> report.phaseFailed(failed);
            case Rollout.Outcome.CalledOff() -> {}
        }
    }

    private void on(Event event) {
        Instant now = now();
        for (Action action : plan.on(now, event)) {
            perform(action);
            if (action instanceof Action.ChangeState change) {
                tellOfRestart(change, now);
            }
        }
    }

    /** A crashed dyno starts again, now or after its cool-off: told once. */
    private void tellOfRestart(Action.ChangeState change, Instant now) {
        DynoName name = change.dyno();
        if (change.to() == State.CRASHED) {
            plan.retryOf(name)
                    .ifPresent(at -> {
                        coolingOff.add(name);
                        report.restarting(name, Duration.between(now, at));
                    });
        } else if (!coolingOff.remove(name)
                && change.from() == State.CRASHED
                && change.to() == State.STARTING) {
            report.restarting(name, Duration.ZERO);
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.ChangeState(DynoName name, State from, State to) -> {
                dyno(name).changeState(from.toString(), to.toString());
                booting.remove(name);
            }
            case Action.Start(DynoName name) -> start(name);
            case Action.SayRestarting(DynoName name) -> dyno(name).restarting();
            case Action.Terminate(DynoName name) -> {
                dyno(name).stopping(Posix.SIGTERM);
                terminating.add(name);
                post(name).signal(Posix.SIGTERM);
            }
            case Action.Kill(DynoName name, Action.Reason reason) -> {
                switch (reason) {
                    case BOOT_TIMEOUT -> dyno(name).bootTimeout(rules.bootTimeout());
                    case EXIT_TIMEOUT -> dyno(name).killing(rules.grace());
                    case ASKED_TWICE -> dyno(name).killing(null);
                }
                post(name).signal(Posix.SIGKILL);
            }
            case Action.SayExited(DynoName name, int code) -> {
                dyno(name).exited(code);
                terminating.remove(name);
                report.exited(name, code);
            }
            case Action.Remove(DynoName name) -> {
                post(name).close();
                posts.remove(name);
                terminating.remove(name);
            }
            case Action.Finish(int code) -> finish(code);
        }
    }

    private void finish(int code) {
        if (status.isEmpty()) {
            status = OptionalInt.of(code);
        }
    }

    private Post post(DynoName name) {
        return posts.computeIfAbsent(
                name, _ -> new Post(stage, name, ports.port(name), report::event));
    }

    private Dyno dyno(DynoName name) {
        return post(name).dyno(build(), sizeIn(formation, name));
    }

    private Build build() {
        return java.util.Objects.requireNonNull(build);
    }

    private static DynoSize sizeIn(Formation formation, DynoName name) {
        Formation.Entry entry = formation.entries().get(name.type().name());
        return entry == null ? DynoSize.STANDARD_1X : entry.size();
    }

    private void start(DynoName name) {
        terminating.remove(name);
        try {
            ports.check(name);
            post(name).start(build(), sizeIn(formation, name), listener(name));
        } catch (UserError e) {
            report.refused(e);
            tell(() -> on(new Event.NotStarted(name)));
        }
    }

    private Program.Listener listener(DynoName name) {
        return new Program.Listener() {
            @Override
            public void started() {
                tell(() -> up(name));
            }

            @Override
            public void ended(Exit exit) {
                tell(() -> {
                    booting.remove(name);
                    report.ending(name, exit);
                    on(new Event.Ended(name, exit));
                });
            }

            @Override
            public void failed(@Nullable UserError why) {
                tell(() -> {
                    if (why != null) {
                        report.refused(why);
                    }
                    on(new Event.NotStarted(name));
                });
            }
        };
    }

    private void up(DynoName name) {
        if (name.type().name().equals(WEB)) {
            booting.add(name);
        } else {
            on(new Event.CameUp(name));
        }
    }

    /** A web dyno is up when somebody listens on its port. */
    private void probe() {
        for (DynoName name : List.copyOf(booting)) {
            if (listeners.isListening(post(name).port())) {
                booting.remove(name);
                on(new Event.CameUp(name));
            }
        }
    }

    private void nudge() {
        if (isTerminating() && System.nanoTime() - nudged > NUDGE_MILLIS * 1_000_000) {
            nudged = System.nanoTime();
            terminating.forEach(name -> post(name).nudge());
            rollout.nudge();
        }
    }

    private boolean isTerminating() {
        return !terminating.isEmpty() || rollout.isStopping();
    }

    private long patience() {
        long millis = plan.next().map(this::until).orElse(IDLE_MILLIS);
        millis = Math.min(millis, rollout.next().map(this::until).orElse(IDLE_MILLIS));
        if (isTerminating()) {
            millis = Math.min(millis, NUDGE_MILLIS);
        }
        return booting.isEmpty() ? millis : Math.min(millis, PROBE_MILLIS);
    }

    private long until(Instant then) {
        return Math.max(0, Duration.between(now(), then).toMillis() + 1);
    }

    private Instant now() {
        return stage.clock().instant();
    }
}
