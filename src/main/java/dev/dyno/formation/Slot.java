package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A name in a formation, web.1, and what becomes of the dynos that bear it one after another. */
final class Slot {
    /** What the end of its processes will mean. */
    private enum End {
        CRASH,
        RESTART,
        REMOVAL
    }

    private static final Instant NEVER = Instant.MAX;

    private final DynoName name;
    private final boolean once;
    private final Consumer<Action> out;
    private final Life life;
    private final Backoff backoff;

    private State state = State.DOWN;
    private End end = End.REMOVAL;
    private Instant upSince = NEVER;
    private @Nullable Instant retry;

    Slot(DynoName name, Plan.Rules rules, Consumer<Action> out) {
        this.name = name;
        this.once = rules.once();
        this.out = out;
        life = new Life(name, rules, out);
        backoff = new Backoff(rules.backoff());
    }

    DynoName name() {
        return name;
    }

    Life life() {
        return life;
    }

    /** Whether its end has been asked for, so that it is no crash. */
    boolean isLeaving() {
        return end != End.CRASH;
    }

    /** There is to be such a dyno: now, or as soon as the one before it has ended. */
    void want(Instant now) {
        if (end != End.REMOVAL) {
            return;
        }
        backoff.reset();
        end = End.RESTART;
        if (!life.isOn()) {
            start(now);
        }
    }

    /** There is to be no such dyno any more. */
    void drop(Instant now) {
        if (end == End.REMOVAL) {
            return;
        }
        end = End.REMOVAL;
        become(State.DOWN);
        if (life.isOn()) {
            life.terminate(now);
        } else {
            remove();
        }
    }

    /** There is to be another dyno in place of this one, unless that is under way. */
    void restart(Instant now) {
        if (isLeaving()) {
            return;
        }
        backoff.reset();
        end = End.RESTART;
        out.accept(new Action.SayRestarting(name));
        if (life.isOn()) {
            become(State.STARTING);
            life.terminate(now);
        } else {
            start(now);
        }
    }

    /** As {@link #restart}; one that is on its end already does not get the rest of its grace. */
    void stop(Instant now) {
        if (isLeaving()) {
            life.kill(now, Action.Reason.ASKED_TWICE);
        } else {
            restart(now);
        }
    }

    void cameUp(Instant now) {
        if (life.isUndisturbed() && state == State.STARTING) {
            life.cameUp();
            upSince = now;
            become(State.UP);
        }
    }

    /** None of its processes is left. */
    void ended(Instant now) {
        life.ended();
        switch (end) {
            case CRASH -> crash(now);
            case RESTART -> start(now);
            case REMOVAL -> remove();
        }
    }

    /** When its cool-off is over. */
    Optional<Instant> retry() {
        return Optional.ofNullable(retry);
    }

    /** When it wants a {@link #tick}. */
    Optional<Instant> due() {
        return Optional.ofNullable(retry).or(life::due);
    }

    /** Does what is due by now. */
    void tick(Instant now) {
        if (retry != null && !now.isBefore(retry)) {
            start(now);
        } else {
            life.tick(now);
        }
    }

    private void start(Instant now) {
        retry = null;
        upSince = NEVER;
        end = End.CRASH;
        become(State.STARTING);
        life.start(now);
    }

    private void crash(Instant now) {
        become(State.CRASHED);
        if (once) {
            return;
        }
        Duration coolOff = backoff.afterCrash(Duration.between(upSince, now));
        if (coolOff.isZero()) {
            start(now);
        } else {
            retry = now.plus(coolOff);
        }
    }

    private void remove() {
        retry = null;
        out.accept(new Action.Remove(name));
    }

    private void become(State next) {
        if (state != next) {
            out.accept(new Action.ChangeState(name, state, next));
            state = next;
        }
    }
}
