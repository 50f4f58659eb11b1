package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A name in a formation, web.1, and what becomes of the dynos that bear it one after another. */
final class Slot {
    /** What was last done to its processes. */
    private enum Life {
        NONE,
        RUNNING,
        TERMINATED,
        KILLED,
        /** Killed long ago and still there; nobody waits for it. */
        LOST
    }

    /** What their end will mean. */
    private enum End {
        CRASH,
        RESTART,
        REMOVAL
    }

    private static final String WEB = "web";

    private static final Instant NEVER = Instant.MAX;

    /** The kernel needs no more than that to end what it can end at all. */
    private static final Duration KILL_TAKES = Duration.ofSeconds(10);

    private final DynoName name;
    private final Plan.Rules rules;
    private final Consumer<Action> out;
    private final Backoff backoff;

    private State state = State.DOWN;
    private Life life = Life.NONE;
    private End end = End.REMOVAL;
    private Instant upSince = NEVER;
    private @Nullable Instant due;

    Slot(DynoName name, Plan.Rules rules, Consumer<Action> out) {
        this.name = name;
        this.rules = rules;
        this.out = out;
        backoff = new Backoff(rules.backoff());
    }

    DynoName name() {
        return name;
    }

    /** When it wants a {@link #tick}. */
    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    boolean isAlive() {
        return life != Life.NONE;
    }

    /** Whether it makes sense to wait for its end. */
    boolean isAwaited() {
        return isAlive() && life != Life.LOST;
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
        if (!isAlive()) {
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
        if (isAlive()) {
            terminate(now);
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
        if (isAlive()) {
            become(State.STARTING);
            terminate(now);
        } else {
            start(now);
        }
    }

    void cameUp(Instant now) {
        if (life == Life.RUNNING && state == State.STARTING) {
            become(State.UP);
            upSince = now;
            due = null;
        }
    }

    /** No process is left. */
    void ended(Instant now) {
        life = Life.NONE;
        due = null;
        switch (end) {
            case CRASH -> crash(now);
            case RESTART -> start(now);
            case REMOVAL -> remove();
        }
    }

    /** Does what is due by now, if anything is. */
    void tick(Instant now) {
        if (due == null || now.isBefore(due)) {
            return;
        }
        due = null;
        switch (life) {
            case NONE -> start(now);
            case RUNNING -> kill(now, Action.Reason.BOOT_TIMEOUT);
            case TERMINATED -> kill(now, Action.Reason.EXIT_TIMEOUT);
            case KILLED, LOST -> life = Life.LOST;
        }
    }

    /** Kills what runs, unless that has been done. */
    void kill(Instant now, Action.Reason reason) {
        if (life == Life.RUNNING || life == Life.TERMINATED) {
            life = Life.KILLED;
            due = now.plus(KILL_TAKES);
            out.accept(new Action.Kill(name, reason));
        }
    }

    private void start(Instant now) {
        become(State.STARTING);
        life = Life.RUNNING;
        end = End.CRASH;
        upSince = NEVER;
        due = name.type().name().equals(WEB) ? now.plus(rules.bootTimeout()) : null;
        out.accept(new Action.Start(name));
    }

    private void terminate(Instant now) {
        if (life == Life.RUNNING) {
            life = Life.TERMINATED;
            due = now.plus(rules.grace());
            out.accept(new Action.Terminate(name));
        }
    }

    private void crash(Instant now) {
        become(State.CRASHED);
        if (rules.once()) {
            return;
        }
        Duration coolOff = backoff.afterCrash(Duration.between(upSince, now));
        if (coolOff.isZero()) {
            start(now);
        } else {
            due = now.plus(coolOff);
        }
    }

    private void remove() {
        due = null;
        out.accept(new Action.Remove(name));
    }

    private void become(State next) {
        if (state != next) {
            out.accept(new Action.ChangeState(name, state, next));
            state = next;
        }
    }
}
