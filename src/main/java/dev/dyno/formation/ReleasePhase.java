package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.CommandLine;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSize;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.formation.Rollout.Outcome;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The command of process type {@code release}, run once for a release before any dyno is made of
 * it, in a dyno of its own called {@code release.N} (heroku.md 6.3).
 */
final class ReleasePhase {
    static final String TYPE = "release";
    private static final int LOWEST_PORT = 10_000;
    private static final int BEYOND_PORT = 60_000;

    private final Stage stage;
    private final PhaseRecords records;
    private final Build build;
    private final Report report;
    private final Consumer<Outcome> done;
    private final Dyno dyno;
    private final Program program;
    private String state = "starting";
    private @Nullable Instant deadline;
    private boolean asked;

    ReleasePhase(
            Stage stage,
            PhaseRecords records,
            Build build,
            Report report,
            Executor supervisor,
            Consumer<Outcome> done) {
        this.stage = stage;
        this.records = records;
        this.build = build;
        this.report = report;
        this.done = done;
        String command = build.procfile().command(TYPE).orElseThrow();
        var spec =
                new DynoSpec(
                        stage.app(),
                        new ProcessType(TYPE),
                        new CommandLine(command, command),
                        DynoSize.STANDARD_1X,
                        stage.limited(),
                        stage.user());
        dyno = stage.dynos().createForRelease(spec, build.release(), report::event);
        program = new Program(stage, dyno, spec, listener(supervisor));
    }

    void begin() {
        records.begins(build.release());
        dyno.asked();
        program.start(build, ThreadLocalRandom.current().nextInt(LOWEST_PORT, BEYOND_PORT));
    }

    private Program.Listener listener(Executor supervisor) {
        return new Program.Listener() {
            @Override
            public void started(Runnable read) {
                supervisor.execute(() -> {
                    changeState("up");
                    read.run();
                });
            }

            @Override
            public void ended(Exit exit) {
                supervisor.execute(() -> end(exit));
            }

            @Override
            public void failed(@Nullable UserError why) {
                supervisor.execute(() -> fail(why));
            }
        };
    }

    private void changeState(String to) {
        dyno.changeState(state, to);
        state = to;
    }

    private void end(Exit exit) {
        dyno.exited(exit.status());
        changeState("complete");
        report.exited(dyno.name(), exit.status());
        dyno.close();
        boolean succeeded = exit.status() == 0;
        records.ended(build.release(), dyno.name(), succeeded);
        done.accept(succeeded ? new Outcome.Ready(build) : new Outcome.PhaseFailed(exit.status()));
    }

    private void fail(@Nullable UserError why) {
        changeState("complete");
        dyno.close();
        records.ended(build.release(), dyno.name(), false);
        done.accept(why == null ? new Outcome.CalledOff() : new Outcome.Refused(why));
    }

    /** SIGTERM, a grace, SIGKILL; asked again, SIGKILL at once. */
    void stop(Instant now) {
        if (asked) {
            kill(false);
            return;
        }
        asked = true;
        deadline = now.plus(stage.grace());
        dyno.stopping(Posix.SIGTERM);
        program.signal(Posix.SIGTERM);
    }

    void tick(Instant now) {
        Instant due = deadline;
        if (due != null && !now.isBefore(due)) {
            kill(true);
        }
    }

    void nudge() {
        program.nudge();
    }

    private void kill(boolean overdue) {
        deadline = null;
        dyno.killing(overdue ? stage.grace() : null);
        program.signal(Posix.SIGKILL);
    }

    Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }
}
