package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of a formation's dynos: events and the present time go in, actions come out,
 * and nothing is done here (heroku.md 3.4, 3.5, 4.4).
 */
public final class Plan {
    /**
     * What a plan goes by.
     *
     * @param backoff the first cool-off of a dyno that crashes again
     * @param bootTimeout how long a web dyno has to listen
     * @param grace how long processes have between SIGTERM and SIGKILL
     * @param once whether all are to end when one has
     */
    public record Rules(Duration backoff, Duration bootTimeout, Duration grace, boolean once) {
        public Rules {
            if (backoff.isNegative() || bootTimeout.isNegative() || grace.isNegative()) {
                throw new IllegalArgumentException("a time to wait is 0 or more");
            }
        }
    }

    /** What a command that could not be started counts as, as in {@code dyno run}. */
    private static final int NOT_STARTED = 125;

    private static final int TERMINATED = 128 + Posix.SIGTERM;

    private final Rules rules;
    private final Slots slots;
    private final List<Action> actions = new ArrayList<>();

    private boolean stopping;
    private boolean finished;

    /** The first signal that dyno was told to end by; 0 for none. */
    private int signal;

    /** The first status that was not as it should be, of those that count; 0 for none. */
    private int failure;

    public Plan(Rules rules) {
        this.rules = rules;
        slots = new Slots(rules, actions::add);
    }

    /** What is to be done about an event, in this order; nothing any more after a Finish. */
    public List<Action> on(Instant now, Event event) {
        if (finished) {
            return List.of();
        }
        decide(now, event);
        if (stopping && slots.lives().noneMatch(Life::isAwaited)) {
            finished = true;
            actions.add(new Action.Finish(signal > 0 ? 128 + signal : failure));
        }
        List<Action> decided = List.copyOf(actions);
        actions.clear();
        return decided;
    }

    /** When a {@link Event.Tick} is due; nothing while only other events can change anything. */
    public Optional<Instant> next() {
        return slots.all().flatMap(slot -> slot.due().stream()).min(Comparator.naturalOrder());
    }

    /** When a dyno that has crashed starts again; nothing unless it has to cool off. */
    public Optional<Instant> retryOf(DynoName dyno) {
        return slots.all()
                .filter(slot -> slot.name().equals(dyno))
                .findFirst()
                .flatMap(Slot::retry);
    }

    private void decide(Instant now, Event event) {
        switch (event) {
            case Event.Scaled(Map<String, Integer> quantities) -> scale(now, quantities);
            case Event.RestartAsked(Set<DynoName> dynos) ->
                    slots.all()
                            .filter(slot -> dynos.contains(slot.name()))
                            .forEach(slot -> slot.restart(now));
            case Event.DynosStopAsked(Set<DynoName> dynos) ->
                    slots.all()
                            .filter(slot -> dynos.contains(slot.name()))
                            .forEach(slot -> slot.stop(now));
            case Event.CameUp(DynoName dyno) ->
                    slots.alive(dyno).ifPresent(slot -> slot.cameUp(now));
            case Event.Ended(DynoName dyno, Exit exit) ->
                    slots.alive(dyno).ifPresent(slot -> exited(now, slot, exit.status()));
            case Event.NotStarted(DynoName dyno) ->
                    slots.alive(dyno).ifPresent(slot -> ended(now, slot, NOT_STARTED));
            case Event.StopAsked(int by) -> stop(now, by);
            case Event.Tick() -> slots.all().forEach(slot -> slot.tick(now));
        }
    }

    private void scale(Instant now, Map<String, Integer> quantities) {
        if (!stopping) {
            slots.scale(now, quantities);
        }
    }

    private void exited(Instant now, Slot slot, int status) {
        actions.add(new Action.SayExited(slot.name(), status));
        ended(now, slot, status);
    }

    private void ended(Instant now, Slot slot, int status) {
        boolean asked = slot.isLeaving();
        slot.ended(now);
        if (rules.once() && !asked) {
            dropAll(now);
        }
        boolean fine = status == 0 || (asked && status == TERMINATED);
        if (stopping && !fine && failure == 0) {
            failure = status;
        }
    }

    private void stop(Instant now, int by) {
        if (signal == 0) {
            signal = by;
            dropAll(now);
        } else if (signal != Posix.SIGHUP || by != Posix.SIGHUP) {
            // A closed window tells of itself more than once; whoever else asks twice means it.
            slots.lives().forEach(life -> life.kill(now, Action.Reason.ASKED_TWICE));
        }
    }

    private void dropAll(Instant now) {
        stopping = true;
        slots.all().forEach(slot -> slot.drop(now));
    }
}
