package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.slug.Stopped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the app's newest release: the app is looked at, a release is made where something has
 * changed, and its release phase is run (heroku.md 6.3). One at a time, on the supervisor's thread;
 * the looking itself is done elsewhere.
 */
public final class Rollout {
    /** Looks at the app, and makes a release where it has changed. */
    @FunctionalInterface
    public interface Deployment {
        /**
         * @param stopped asked now and then; once true, this ends with {@link Stopped}
         * @throws UserError where the app is not in order
         */
        Build deploy(BooleanSupplier stopped);
    }

    /** How it went. */
    sealed interface Outcome {
        /** Dynos may be made of this now. */
        record Ready(Build build) implements Outcome {}

        /** There is something for the user to mend. */
        record Refused(UserError why) implements Outcome {}

        /** The release command failed with this status. */
        record PhaseFailed(int status) implements Outcome {}

        /** Nothing is to be done: dyno is told to end, or what failed has not changed. */
        record CalledOff() implements Outcome {}
    }

    /**
     * What for a rollout is made.
     *
     * @param insistent whether a release command that failed is to be run again
     * @param deployed told once the app has been looked at, with what was wrong with it, or that
     *     this has to wait for a release command
     * @param done told at the end
     */
    record Errand(
            boolean insistent, Consumer<Optional<UserError>> deployed, Consumer<Outcome> done) {
        /** Told that all is well so far, and nothing more until the end. */
        private Errand accepted() {
            deployed.accept(Optional.empty());
            return new Errand(insistent, _ -> {}, done);
        }
    }

    private final Stage stage;
    private final Deployment deployment;
    private final PhaseRecords records;
    private final Report report;
    private final Queue<Errand> waiting = new ArrayDeque<>();
    private @Nullable Errand errand;
    private @Nullable ReleasePhase phase;
    private volatile boolean stopped;

    public Rollout(Stage stage, Deployment deployment, PhaseRecords records, Report report) {
        this.stage = stage;
        this.deployment = deployment;
        this.records = records;
        this.report = report;
    }

    /** Whether there is one under way. */
    boolean isActive() {
        return errand != null;
    }

    /**
     * Begins one, or lets it wait for those before it.
     *
     * @param supervisor its thread
     */
    void begin(Executor supervisor, Errand errandToDo) {
        waiting.add(errandToDo);
        acceptWaiting();
        next(supervisor);
    }

    /** A release command may take an hour: whoever asks is not kept waiting for it. */
    private void acceptWaiting() {
        if (phase != null) {
            waiting.addAll(
                    Stream.generate(waiting::remove)
                            .limit(waiting.size())
                            .map(Errand::accepted)
                            .toList());
        }
    }

    private void next(Executor supervisor) {
        Errand first = errand == null ? waiting.poll() : null;
        if (first == null) {
            return;
        }
        errand = first;
        stage.effects().execute(() -> look(supervisor, first));
    }

    private void look(Executor supervisor, Errand it) {
        try {
            Build build = deployment.deploy(() -> stopped);
            supervisor.execute(() -> {
                it.deployed.accept(Optional.empty());
                deployed(supervisor, it, build);
            });
        } catch (Stopped e) {
            supervisor.execute(() -> end(supervisor, it, new Outcome.CalledOff()));
        } catch (UserError e) {
            supervisor.execute(() -> {
                it.deployed.accept(Optional.of(e));
                end(supervisor, it, new Outcome.Refused(e));
            });
        } catch (RuntimeException e) {
            supervisor.execute(() -> {
                throw e; // a bug, to be told of as one
            });
        }
    }

    private void deployed(Executor supervisor, Errand it, Build build) {
        records.deployed(build);
        if (stopped || (!it.insistent && records.hasFailed(build))) {
            end(supervisor, it, new Outcome.CalledOff());
        } else if (!records.isDue(build)) {
            end(supervisor, it, new Outcome.Ready(build));
        } else {
            phase =
                    new ReleasePhase(
                            stage,
                            records,
                            build,
                            report,
                            supervisor,
                            outcome -> {
                                phase = null;
                                end(supervisor, it, outcome);
                            });
            phase.begin();
            acceptWaiting();
        }
    }

    private void end(Executor supervisor, Errand it, Outcome outcome) {
        errand = null;
        it.done.accept(stopped ? new Outcome.CalledOff() : outcome);
        next(supervisor);
    }

    /** dyno is told to end: what is under way is, too; asked again, at once. */
    void stop(Instant now) {
        stopped = true;
        waiting.clear();
        if (phase != null) {
            phase.stop(now);
        }
    }

    /** Whether a release command has been told to end, and has not yet. */
    boolean isStopping() {
        return stopped && phase != null;
    }

    void nudge() {
        if (isStopping()) {
            java.util.Objects.requireNonNull(phase).nudge();
        }
    }

    void tick(Instant now) {
        if (phase != null) {
            phase.tick(now);
        }
    }

    /** When a {@link #tick} is due. */
    Optional<Instant> next() {
        return phase == null ? Optional.empty() : phase.deadline();
    }
}
