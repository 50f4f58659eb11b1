package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a formation: tells the {@link Plan} what happens and does what it decides. All of it happens
 * on the thread that calls {@link #run}, one task of the queue after the other.
 */
public final class Supervisor {
    private static final long PROBE_MILLIS = 25;
    private static final long NUDGE_MILLIS = 200;
    private static final long IDLE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Stage stage;
    private final Plan plan;
    private Ports ports;
    private final Rollout rollout;
    private final Report report;
    private final FormationServer server;
    private final ApiLog api;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Posts posts;
    private final Stops stops = new Stops();
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
        this.plan = new Plan(rules);
        this.posts = new Posts(stage, rules, ports, report, this::tell, this::on);
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
        rollout.begin(this::tell, new Rollout.Errand(true, _ -> {}, this::begin));
        while (status.isEmpty() || rollout.isActive()) {
            Runnable task = queue.poll(patience(), TimeUnit.MILLISECONDS);
            if (task != null) {
                task.run();
            }
            posts.probe();
            if (isTerminating() && System.nanoTime() - nudged > NUDGE_MILLIS * 1_000_000) {
                nudged = System.nanoTime();
                posts.nudge();
                rollout.nudge();
            }
            rollout.tick(now());
            on(new Event.Tick());
        }
        return status.getAsInt();
    }

    private void begin(Rollout.Outcome outcome) {
        switch (outcome) {
            case Rollout.Outcome.Ready(Build ready) -> {
                build = ready;
                scale(formation);
            }
            case Rollout.Outcome.Refused(UserError why) -> throw why;
            case Rollout.Outcome.PhaseFailed(int failed) -> {
                report.notStarted(failed);
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
            if (stops.counts(signal)) {
                report.stopping(signal);
                rollout.stop(now());
                on(new Event.StopAsked(signal));
            }
        });
    }

    /** Answers what another window asks; from any thread. */
    public void serve(Asked asked) {
        tell(() -> answer(asked));
    }

    private void answer(Asked asked) {
        switch (asked.request()) {
            case Request.Change change -> asked.answer(answer(change));
            case Request.Restart(Selection selection) -> restart(selection, asked);
            case Request.Stop(Selection selection) -> stop(selection, asked);
        }
    }

    /** All of it, or nothing and why. */
    private Answer answer(Request.Change change) {
        Answer answer = change.applyTo(formation);
        if (answer instanceof Answer.Done(Formation after)) {
            try {
                ports.requireAll(after);
                server.remember(after.only(change.types()));
            } catch (UserError e) {
                return refusal(e);
            }
            api.scaled(change, after);
            change(after);
        }
        return answer;
    }

    private void change(Formation after) {
        Formation before = formation;
        Set<DynoName> resized =
                posts.names().stream()
                        .filter(name -> after.resizes(name.type().name(), before))
                        .collect(Collectors.toSet());
        scale(after);
        if (!resized.isEmpty()) {
            on(new Event.RestartAsked(resized));
        }
    }

    private void scale(Formation after) {
        Map<String, Integer> quantities = after.quantitiesInsteadOf(formation);
        formation = after;
        server.runs(after);
        Build newest = build;
        if (newest != null) { // else so many are started once there is one
            posts.use(newest, after, ports);
            on(new Event.Scaled(quantities));
        }
    }

    /** Others take their places, of the same release: what runs amok must end whatever the app. */
    private void stop(Selection selection, Asked asked) {
        Set<DynoName> chosen = chosen(selection);
        if (isUnknown(chosen, selection)) {
            asked.answer(Answer.unknownDyno());
            return;
        }
        on(new Event.DynosStopAsked(chosen));
        asked.answer(new Answer.Done(formation));
    }

    private Set<DynoName> chosen(Selection selection) {
        return posts.names().stream().filter(selection::includes).collect(Collectors.toSet());
    }

    private static boolean isUnknown(Set<DynoName> chosen, Selection selection) {
        return chosen.isEmpty() && selection instanceof Selection.OneDyno;
    }

    /** On the newest release, whose making is waited for; its release phase is not. */
    private void restart(Selection selection, Asked asked) {
        Set<DynoName> chosen = chosen(selection);
        if (isUnknown(chosen, selection)) {
            asked.answer(Answer.unknownDyno());
            return;
        }
        rollout.begin(
                this::tell,
                new Rollout.Errand(
                        true,
                        wrong -> asked.answer(answer(wrong)),
                        outcome -> restart(outcome, chosen)));
    }

    private Answer answer(Optional<UserError> wrong) {
        return wrong.map(Supervisor::refusal).orElseGet(() -> new Answer.Done(formation));
    }

    private static Answer refusal(UserError error) {
        String hint = error.hint();
        return new Answer.Refused(
                String.valueOf(error.getMessage()), hint == null ? "" : hint, Answer.INVALID);
    }

    /** The app may have changed: if it has, all restart on its new release. From any thread. */
    public void refresh() {
        var errand = new Rollout.Errand(false, _ -> {}, this::refreshed);
        tell(() -> rollout.begin(this::tell, errand));
    }

    private void refreshed(Rollout.Outcome outcome) {
        boolean same =
                outcome instanceof Rollout.Outcome.Ready(Build ready)
                        && build != null
                        && ready.release().id().equals(build.release().id());
        if (!same) {
            restart(outcome, posts.names());
        }
    }

    private void restart(Rollout.Outcome outcome, Set<DynoName> chosen) {
        switch (outcome) {
            case Rollout.Outcome.Ready(Build ready) -> {
                adopt(ready);
                on(new Event.RestartAsked(Set.copyOf(chosen)));
            }
            case Rollout.Outcome.Refused(UserError why) -> report.refused(why);
            case Rollout.Outcome.PhaseFailed(int failed) -> report.phaseFailed(failed);
            case Rollout.Outcome.CalledOff() -> {}
        }
    }

    private void adopt(Build newest) {
        build = newest;
        Formation adopted = formation.of(newest.procfile());
        ports = ports.with(adopted.entries().keySet());
        scale(adopted);
    }

    private void on(Event event) {
        Instant now = now();
        for (Action action : plan.on(now, event)) {
            if (action instanceof Action.Finish(int code)) {
                finish(code);
            }
            posts.perform(action);
            if (action instanceof Action.ChangeState change) {
                report.changed(
                        change, plan.retryOf(change.dyno()).map(at -> Duration.between(now, at)));
            }
        }
    }

    private void finish(int code) {
        if (status.isEmpty()) {
            status = OptionalInt.of(code);
        }
    }

    private boolean isTerminating() {
        return posts.isTerminating() || rollout.isStopping();
    }

    private long patience() {
        long millis = plan.next().map(this::until).orElse(IDLE_MILLIS);
        millis = Math.min(millis, rollout.next().map(this::until).orElse(IDLE_MILLIS));
        if (isTerminating()) {
            millis = Math.min(millis, NUDGE_MILLIS);
        }
        return posts.isBooting() ? Math.min(millis, PROBE_MILLIS) : millis;
    }

    private long until(Instant then) {
        return Math.max(0, Duration.between(now(), then).toMillis() + 1);
    }

    private Instant now() {
        return stage.clock().instant();
    }
}
