package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Plan.Rules;
import dev.dyno.process.Posix;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of a plan whatever happens, judged by nothing but what it says to do. */
final class Laws {
    private final Rules rules;
    private final Map<DynoName, Facts> dynos = new HashMap<>();
    private final Map<String, Integer> quantities = new HashMap<>();
    private final Map<String, Integer> tally = new TreeMap<>();
    private Optional<Instant> due = Optional.empty();
    private @Nullable Facts ended;
    private boolean stopping;
    private boolean askedTwice;
    private boolean finished;
    private int signal;
    private int failure;

    Laws(Rules rules) {
        this.rules = rules;
    }

    boolean isFinished() {
        return finished;
    }

    /** How often each kind of action was seen. */
    Map<String, Integer> tally() {
        return tally;
    }

    /**
     * @param next when the plan wants a tick, after these actions
     */
    void check(Instant now, Event event, List<Action> actions, Optional<Instant> next) {
        if (finished) {
            assertThat(actions).as("Finish is the end").isEmpty();
            assertThat(next).as("Finish is the end").isEmpty();
            return;
        }
        if (event instanceof Event.Tick && due.filter(at -> !now.isBefore(at)).isEmpty()) {
            assertThat(actions).as("a tick before its time changes nothing").isEmpty();
        }
        happened(now, event);
        for (Action action : actions) {
            must(!finished, "Finish comes last");
            tally.merge(kind(action), 1, Integer::sum);
            done(now, event, action);
        }
        assertThat(actions.stream().filter(Action.SayExited.class::isInstance).toList())
                .as("each end is said")
                .isEqualTo(exits(event));
        must(ended != null || !isEnd(event) || actions.isEmpty(), "what is not live cannot end");
        must(finished || !stopping || awaited().findAny().isPresent(), "it ends when all have");
        dynos.values().forEach(dyno -> holds(now, event, dyno));
        due = finished ? Optional.empty() : earliest();
        assertThat(next).as("when the next tick is due").isEqualTo(due);
    }

    private void happened(Instant now, Event event) {
        ended = null;
        switch (event) {
            case Event.Scaled(var wanted) -> scaled(wanted);
            case Event.Ended(var dyno, var exit) -> ended(now, dyno(dyno), exit.status());
            case Event.NotStarted(var dyno) -> ended(now, dyno(dyno), 125);
            case Event.StopAsked(int by) -> stopAsked(by);
            case Event.Tick() -> awaited().forEach(dyno -> dyno.lost = dyno.outlivedItsKill(now));
            case Event.RestartAsked(_), Event.DynosStopAsked(_), Event.CameUp(_) -> {}
        }
    }

    private void scaled(Map<String, Integer> wanted) {
        if (!stopping) {
            dynos.values().stream().filter(dyno -> !wanted(dyno)).forEach(dyno -> dyno.crashes = 0);
            quantities.putAll(wanted);
        }
    }

    private void ended(Instant now, Facts dyno, int status) {
        if (!dyno.live) {
            return;
        }
        boolean asked = dyno.leaving();
        dyno.end(now);
        ended = dyno;
        stopping |= rules.once() && !asked;
        boolean fine = status == 0 || (asked && status == 143);
        if (stopping && !fine && failure == 0) {
            failure = status;
        }
    }

    private void stopAsked(int by) {
        askedTwice |= signal > 0 && !(signal == Posix.SIGHUP && by == Posix.SIGHUP);
        signal = signal == 0 ? by : signal;
        stopping = true;
    }

    private void done(Instant now, Event event, Action action) {
        switch (action) {
            case Action.ChangeState(var name, var from, var to) ->
                    changed(now, event, dyno(name), from, to);
            case Action.Start(var name) -> {
                Facts dyno = dyno(name);
                dyno.must(!dyno.live, "no two of a name");
                dyno.must(wanted(dyno), "only what is wanted starts");
                dyno.must(dyno.state == State.STARTING, "what starts is starting");
                dyno.must(!now.isBefore(dyno.retry), "it cools off");
                dyno.start(now);
            }
            case Action.SayRestarting(var name) -> {
                Facts dyno = dyno(name);
                dyno.must(isAskedFor(event, dyno), "somebody wants it restarted");
                dyno.must(wanted(dyno) && !dyno.leaving(), "one restart at a time");
                dyno.restarting = dyno.live;
                dyno.crashes = 0;
                dyno.retry = Instant.MIN;
            }
            case Action.Terminate(var name) -> {
                Facts dyno = dyno(name);
                dyno.must(dyno.live && dyno.leaving(), "only who is to end is terminated");
                dyno.must(!dyno.ending(), "it is terminated once, and before it is killed");
                dyno.terminated = now;
            }
            case Action.Kill(var name, var reason) -> {
                Facts dyno = dyno(name);
                dyno.must(dyno.live && dyno.killed == null, "who lives is killed, and once");
                dyno.must(isRight(reason, now, event, dyno), "there is a reason to kill it");
                dyno.killed = now;
            }
            case Action.SayExited _ -> {}
            case Action.Remove(var name) -> {
                Facts dyno = dyno(name);
                dyno.must(dyno.known && !dyno.live, "what goes was there and has ended");
                dyno.must(dyno.state == State.DOWN, "what goes is down");
                dyno.known = false;
                dyno.retry = Instant.MIN;
            }
            case Action.Finish(int status) -> {
                must(stopping && awaited().findAny().isEmpty(), "it ends when all have");
                assertThat(status).as("status").isEqualTo(signal > 0 ? 128 + signal : failure);
                finished = true;
            }
        }
    }

    private void changed(Instant now, Event event, Facts dyno, State from, State to) {
        dyno.must(from == dyno.state && from != to, "states are a chain");
        boolean asked = dyno.leaving();
        dyno.state = to;
        switch (to) {
            case DOWN -> {
                dyno.must(!wanted(dyno), "what is wanted does not go down");
                dyno.restarting = false;
            }
            case STARTING -> {
                dyno.must(wanted(dyno), "only what is wanted starts");
                dyno.known = true;
            }
            case UP -> {
                dyno.must(event.equals(new Event.CameUp(dyno.name)), "it came up");
                dyno.must(dyno.live && !dyno.ending(), "it runs");
                dyno.up = now;
            }
            case CRASHED -> dyno.must(dyno == ended && !asked, "it ended by itself");
        }
    }

    private boolean isRight(Action.Reason reason, Instant now, Event event, Facts dyno) {
        return switch (reason) {
            case BOOT_TIMEOUT -> dyno.outlivedItsBoot(now);
            case EXIT_TIMEOUT -> dyno.outlivedItsGrace(now);
            case ASKED_TWICE -> askedTwice || isStopped(event, dyno);
        };
    }

    private void holds(Instant now, Event event, Facts dyno) {
        boolean tick = event instanceof Event.Tick;
        if (dyno.live) {
            dyno.must(wanted(dyno) || dyno.state == State.DOWN, "what is unwanted is down");
            dyno.must(dyno.state != State.UP || !dyno.leaving(), "what is to end is not up");
            dyno.must(dyno.ending() || !dyno.leaving(), "what is to end is told so");
            dyno.must(dyno.killed != null || !askedTwice, "nobody waits who asked twice");
            dyno.must(!tick || !dyno.outlivedItsGrace(now), "nobody outlives a grace");
            dyno.must(!tick || !dyno.outlivedItsBoot(now), "web dynos listen in time");
        } else if (wanted(dyno)) {
            dyno.must(dyno.state == State.CRASHED, "what is wanted runs or has crashed");
            dyno.must(!isAskedFor(event, dyno), "a crashed one restarts at once");
            boolean news = tick || dyno == ended;
            dyno.must(!news || now.isBefore(dyno.retry), "it starts when it has cooled off");
        } else {
            dyno.must(!dyno.known, "what is unwanted and has ended goes");
        }
        if (dyno.live && isAskedFor(event, dyno)) {
            dyno.must(dyno.leaving() || now.equals(dyno.started), "a restart is done");
        }
    }

    private static boolean isAskedFor(Event event, Facts dyno) {
        return (event instanceof Event.RestartAsked(var names) && names.contains(dyno.name))
                || isStopped(event, dyno);
    }

    private static boolean isStopped(Event event, Facts dyno) {
        return event instanceof Event.DynosStopAsked(var names) && names.contains(dyno.name);
    }

    private static boolean isEnd(Event event) {
        return event instanceof Event.Ended || event instanceof Event.NotStarted;
    }

    /** What is to be said of it. */
    private List<Action> exits(Event event) {
        return ended != null && event instanceof Event.Ended(var dyno, var exit)
                ? List.of(new Action.SayExited(dyno, exit.status()))
                : List.of();
    }

    private Optional<Instant> earliest() {
        return dynos.values().stream().flatMap(dyno -> dyno.due().stream()).min(Instant::compareTo);
    }

    private boolean wanted(Facts dyno) {
        int quantity = quantities.getOrDefault(dyno.name.type().name(), 0);
        return !stopping && dyno.name.number() <= quantity;
    }

    private Stream<Facts> awaited() {
        return dynos.values().stream().filter(Facts::awaited);
    }

    private Facts dyno(DynoName name) {
        return dynos.computeIfAbsent(name, _ -> new Facts(name, rules));
    }

    private static String kind(Action action) {
        String name = action.getClass().getSimpleName();
        return action instanceof Action.Kill(_, var reason) ? name + " " + reason : name;
    }

    private static void must(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError(law);
        }
    }
}
