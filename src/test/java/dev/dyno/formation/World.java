package dev.dyno.formation;

import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Plan.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine whose processes start slowly, crash, ignore SIGTERM and some even SIGKILL, with users
 * who scale, restart and stop, news that comes late and a clock that jumps: all by one seed.
 */
final class World {
    private static final List<String> TYPES = List.of("web", "worker", "clock");
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long LATEST = SECOND / 2;

    /** A process that was started under a name. */
    private static final class Running {
        boolean ended;
    }

    private record Happening(long at, int order, Runnable what) {}

    private final Random random;
    private final Rules rules;
    private final History history;
    private final Laws laws;
    private final Map<DynoName, Running> processes = new HashMap<>();
    private final PriorityQueue<Happening> agenda =
            new PriorityQueue<>(
                    (a, b) -> a.at == b.at ? a.order - b.order : Long.compare(a.at, b.at));
    private int planned;

    /** In milliseconds; the plan's clock shows this and {@code skew}. */
    private long time;

    private long skew;
    private long setBack;
    private long stopped = Long.MAX_VALUE;
    private @Nullable Instant due;
    private long tickAt;

    World(long seed) {
        random = new Random(seed);
        rules =
                new Rules(
                        Duration.ofSeconds(pick(0, 1, 10)),
                        Duration.ofSeconds(pick(5, 60)),
                        Duration.ofSeconds(pick(1, 30)),
                        seed % 4 == 0);
        history = new History(rules);
        laws = new Laws(rules);
    }

    /** Lives until some time after the formation's end, and throws where a law is broken. */
    Laws live() {
        long stop = random(0, 30 * MINUTE);
        scale();
        for (int i = random.nextInt(40); i > 0; i--) {
            after(random(0, stop), this::somebodyWantsSomething);
        }
        for (int i = random.nextInt(20); i > 0; i--) {
            after(random(0, stop + MINUTE), this::somethingComesLate);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            after(random(0, stop), this::theClockJumps);
        }
        after(stop, () -> stop(pick(1, 2, 15)));
        for (int i = random.nextInt(3); i > 0; i--) {
            after(stop + random(0, 40 * SECOND), () -> stop(pick(1, 2, 15)));
        }
        while (!agenda.isEmpty() || history.next().isPresent()) {
            step();
        }
        if (!laws.isFinished()) {
            throw new AssertionError("it never ends");
        }
        return laws;
    }

    /** What became of it up to now. */
    @Override
    public String toString() {
        return rules + "\n" + history;
    }

    private void step() {
        planTick(history.next());
        Happening next = agenda.peek();
        if (due != null && (next == null || tickAt < next.at)) {
            time = Math.max(time, tickAt);
            happen(new Event.Tick());
        } else if (next != null) {
            agenda.remove();
            time = next.at;
            next.what.run();
        }
        long longest = rules.grace().plus(Facts.KILL_TAKES).toMillis() + setBack + 2 * LATEST;
        if (!laws.isFinished() && time - stopped > longest) {
            throw new AssertionError("it takes too long to end");
        }
    }

    /** Ticks come on time or a little late. */
    private void planTick(Optional<Instant> next) {
        if (next.isEmpty()) {
            due = null;
        } else if (!next.get().equals(due)) {
            due = next.get();
            tickAt = Math.max(time, Duration.between(History.BEGIN, due).toMillis() - skew);
            tickAt += sometimes(30) ? random(0, LATEST) : 0;
        }
    }

    private void happen(Event event) {
        Instant now = History.BEGIN.plusMillis(time + skew);
        List<Action> actions = history.on(now, event);
        laws.check(now, event, actions, history.next());
        actions.forEach(this::act);
    }

    private void act(Action action) {
        switch (action) {
            case Action.Start(var dyno) -> start(dyno);
            case Action.Terminate(var dyno) -> {
                if (sometimes(70)) {
                    long longest = rules.grace().toMillis() * 5 / 4;
                    end(dyno, random(0, longest), pick(143, 143, 143, 0, 3));
                }
            }
            case Action.Kill(var dyno, _) ->
                    end(dyno, sometimes(95) ? random(0, SECOND) : random(0, HOUR), 137);
            case Action.ChangeState _,
                    Action.SayExited _,
                    Action.SayRestarting _,
                    Action.Remove _,
                    Action.Finish _ -> {}
        }
    }

    private void start(DynoName dyno) {
        var process = new Running();
        processes.put(dyno, process);
        if (sometimes(5)) {
            after(random(0, 10), () -> end(dyno, process, new Event.NotStarted(dyno)));
            return;
        }
        if (sometimes(90)) {
            // Also where it has ended by then: then this is news of the dyno before.
            long boots = sometimes(80) ? SECOND : rules.bootTimeout().toMillis() * 3 / 2;
            after(random(0, boots), () -> happen(new Event.CameUp(dyno)));
        }
        if (sometimes(60)) {
            end(dyno, random(1, pick(3, 60, 1000) * SECOND), pick(0, 1, 3, 137, 143));
        }
    }

    private void end(DynoName dyno, long delay, int status) {
        Running process = processes.get(dyno);
        if (process != null) {
            var ended = new Event.Ended(dyno, History.exit(status));
            after(delay, () -> end(dyno, process, ended));
        }
    }

    private void end(DynoName dyno, Running process, Event event) {
        if (!process.ended) {
            process.ended = true;
            processes.remove(dyno);
            happen(event);
        }
    }

    private void somebodyWantsSomething() {
        if (sometimes(50)) {
            scale();
        } else if (sometimes(30)) {
            happen(new Event.DynosStopAsked(Set.of(anyDyno(1), anyDyno(2))));
        } else {
            happen(new Event.RestartAsked(Set.of(anyDyno(1), anyDyno(2), anyDyno(3))));
        }
    }

    private void scale() {
        var quantities = new LinkedHashMap<String, Integer>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            quantities.put(anyType(), random.nextInt(4));
        }
        happen(new Event.Scaled(quantities));
    }

    private void stop(int signal) {
        stopped = Math.min(stopped, time);
        happen(new Event.StopAsked(signal));
    }

    private void somethingComesLate() {
        DynoName dyno = anyDyno(1 + random.nextInt(4));
        switch (random.nextInt(4)) {
            case 0 -> happen(new Event.Tick());
            case 1 -> happen(new Event.CameUp(dyno));
            case 2 -> {
                if (!processes.containsKey(dyno)) {
                    happen(new Event.Ended(dyno, History.exit(1)));
                }
            }
            default -> {
                if (!processes.containsKey(dyno)) {
                    happen(new Event.NotStarted(dyno));
                }
            }
        }
    }

    /** Hours on, where a laptop slept, or minutes back. */
    private void theClockJumps() {
        long jump = sometimes(50) ? random(0, 3 * HOUR) : -random(0, 2 * MINUTE);
        skew += jump;
        setBack += Math.max(0, -jump);
        due = null;
    }

    private DynoName anyDyno(int number) {
        return new DynoName(new ProcessType(anyType()), number);
    }

    private String anyType() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private void after(long delay, Runnable what) {
        agenda.add(new Happening(time + delay, planned++, what));
    }

    private boolean sometimes(int percent) {
        return random.nextInt(100) < percent;
    }

    private int pick(int... from) {
        return from[random.nextInt(from.length)];
    }

    private long random(long from, long to) {
        return from == to ? from : random.nextLong(from, to);
    }
}
