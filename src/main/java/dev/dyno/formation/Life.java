package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes under a dyno's name: what was last done to them, and until when that may take. */
final class Life {
    private enum Stage {
        OVER,
        RUNNING,
        TERMINATED,
        KILLED,
        /** Killed long ago and still there: nobody waits for it any more. */
        LOST
    }

    private static final String WEB = "web";

    /** More than the kernel needs to end what it can end at all. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final DynoName name;
    private final Plan.Rules rules;
    private final Consumer<Action> out;

    private Stage stage = Stage.OVER;
    private @Nullable Instant due;

    Life(DynoName name, Plan.Rules rules, Consumer<Action> out) {
        this.name = name;
        this.rules = rules;
        this.out = out;
    }

    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** Whether there are any. */
    boolean isOn() {
        return stage != Stage.OVER;
    }

    /** Whether they are there and nobody has tried to end them. */
    boolean isUndisturbed() {
        return stage == Stage.RUNNING;
    }

    /** Whether it makes sense to wait for their end. */
    boolean isAwaited() {
        return isOn() && stage != Stage.LOST;
    }

    void start(Instant now) {
        stage = Stage.RUNNING;
        due = name.type().name().equals(WEB) ? now.plus(rules.bootTimeout()) : null;
        out.accept(new Action.Start(name));
    }

    /** It may take as long as it likes from now on. */
    void cameUp() {
        due = null;
    }

    /** Asks them to end, if nobody has. */
    void terminate(Instant now) {
        if (stage == Stage.RUNNING) {
            stage = Stage.TERMINATED;
            due = now.plus(rules.grace());
            out.accept(new Action.Terminate(name));
        }
    }

    /** Kills them, if nobody has. */
    void kill(Instant now, Action.Reason reason) {
        if (stage == Stage.RUNNING || stage == Stage.TERMINATED) {
            stage = Stage.KILLED;
            due = now.plus(KILL_TIMEOUT);
            out.accept(new Action.Kill(name, reason));
        }
    }

    void ended() {
        stage = Stage.OVER;
        due = null;
    }

    /** Does what is due by now. */
    void tick(Instant now) {
        if (due == null || now.isBefore(due)) {
            return;
        }
        due = null;
        switch (stage) {
            case RUNNING -> kill(now, Action.Reason.BOOT_TIMEOUT);
            case TERMINATED -> kill(now, Action.Reason.EXIT_TIMEOUT);
            case KILLED -> stage = Stage.LOST;
            case OVER, LOST -> {}
        }
    }
}
