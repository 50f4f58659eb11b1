package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.dyno.DynoName;
import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan and all that became of it, as text: when something happened, what, and below it what the
 * plan said to do.
 *
 * <pre>
 * 0s      scale web=1 worker=2
 *           web.1: down -> starting, start
 *           ...
 * 2s      web.1 up
 *           web.1: starting -> up
 * 3s      web.1 exit 1
 *           ...
 * </pre>
 *
 * <p>The others are {@code restart web.1 …}, {@code web.1 not started}, {@code SIGINT} and {@code
 * tick}. {@code due} is a tick just when the plan asked for it.
 */
final class History {
    static final Plan.Rules RULES =
            new Plan.Rules(
                    Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), false);
    static final Plan.Rules ONCE =
            new Plan.Rules(RULES.backoff(), RULES.bootTimeout(), RULES.grace(), true);
    static final Plan.Rules NO_BACKOFF =
            new Plan.Rules(Duration.ZERO, RULES.bootTimeout(), RULES.grace(), false);
    static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");
    private static final Map<String, Integer> SIGNALS =
            new TreeMap<>(Map.of("SIGHUP", Posix.SIGHUP, "SIGINT", 2, "SIGTERM", Posix.SIGTERM));

    private final Plan plan;
    private final List<Step> steps = new ArrayList<>();

    private record Step(Instant now, String event, List<Action> actions) {
        @Override
        public String toString() {
            BigDecimal seconds = BigDecimal.valueOf(Duration.between(BEGIN, now).toMillis(), 3);
            String time = seconds.stripTrailingZeros().toPlainString() + "s";
            var text = new StringBuilder("%-7s %s".formatted(time, event));
            String before = "nobody";
            for (Action action : actions) {
                String dyno = dyno(action);
                text.append(dyno.equals(before) ? ", " : "\n          " + dyno);
                text.append(words(action));
                before = dyno;
            }
            return text.append('\n').toString();
        }
    }

    History(Plan.Rules rules) {
        plan = new Plan(rules);
    }

    /** This, and no other, is what becomes of the events in it. */
    static void holds(String history) {
        holds(RULES, history);
    }

    static void holds(Plan.Rules rules, String history) {
        assertThat(replay(rules, history)).isEqualTo(history);
    }

    /** What becomes of the events of a recorded history; the actions in it are not read. */
    static String replay(Plan.Rules rules, String recorded) {
        var history = new History(rules);
        recorded.lines().filter(line -> !line.startsWith(" ")).forEach(history::replay);
        return history.toString();
    }

    private void replay(String line) {
        List<String> words = List.of(line.split(" +"));
        if (words.get(1).equals("due")) {
            Instant due = next().orElseThrow(() -> new AssertionError("nothing due\n" + this));
            steps.add(new Step(due, "due", plan.on(due, new Event.Tick())));
        } else {
            Duration since = Duration.parse("PT" + words.getFirst());
            on(BEGIN.plus(since), event(words.subList(1, words.size())));
        }
    }

    List<Action> on(Instant now, Event event) {
        List<Action> actions = plan.on(now, event);
        steps.add(new Step(now, words(event), actions));
        return actions;
    }

    Optional<Instant> next() {
        return plan.next();
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining());
    }

    private static Event event(List<String> words) {
        String first = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        return switch (first) {
            case "tick" -> new Event.Tick();
            case "scale" -> new Event.Scaled(quantities(rest));
            case "restart" ->
                    new Event.RestartAsked(
                            rest.stream().map(DynoName::parse).collect(Collectors.toSet()));
            case "stop" ->
                    new Event.DynosStopAsked(
                            rest.stream().map(DynoName::parse).collect(Collectors.toSet()));
            default ->
                    SIGNALS.containsKey(first)
                            ? new Event.StopAsked(SIGNALS.getOrDefault(first, 0))
                            : news(DynoName.parse(first), rest);
        };
    }

    private static Event news(DynoName dyno, List<String> words) {
        return switch (words.getFirst()) {
            case "up" -> new Event.CameUp(dyno);
            case "not" -> new Event.NotStarted(dyno);
            case "exit" -> new Event.Ended(dyno, exit(Integer.parseInt(words.getLast())));
            default -> throw new IllegalArgumentException(dyno + " " + words);
        };
    }

    static Exit exit(int status) {
        return status > 128 ? new Exit.Signalled(status - 128) : new Exit.Code(status);
    }

    private static Map<String, Integer> quantities(List<String> words) {
        var quantities = new LinkedHashMap<String, Integer>();
        for (String word : words) {
            String[] pair = word.split("=", 2);
            quantities.put(pair[0], Integer.valueOf(pair[1]));
        }
        return quantities;
    }

    private static String names(Set<DynoName> dynos) {
        return dynos.stream().map(DynoName::toString).sorted().collect(Collectors.joining(" "));
    }

    private static String words(Event event) {
        return switch (event) {
            case Event.Scaled(var quantities) ->
                    "scale "
                            + quantities.entrySet().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" "));
            case Event.RestartAsked(var dynos) -> "restart " + names(dynos);
            case Event.DynosStopAsked(var dynos) -> "stop " + names(dynos);
            case Event.CameUp(var dyno) -> dyno + " up";
            case Event.Ended(var dyno, var exit) -> dyno + " exit " + exit.status();
            case Event.NotStarted(var dyno) -> dyno + " not started";
            case Event.StopAsked(int signal) -> name(signal);
            case Event.Tick() -> "tick";
        };
    }

    private static String name(int signal) {
        return SIGNALS.entrySet().stream()
                .filter(known -> known.getValue() == signal)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static String dyno(Action action) {
        return switch (action) {
            case Action.ChangeState(var dyno, _, _) -> dyno + ": ";
            case Action.Start(var dyno) -> dyno + ": ";
            case Action.SayRestarting(var dyno) -> dyno + ": ";
            case Action.Terminate(var dyno) -> dyno + ": ";
            case Action.Kill(var dyno, _) -> dyno + ": ";
            case Action.SayExited(var dyno, _) -> dyno + ": ";
            case Action.Remove(var dyno) -> dyno + ": ";
            case Action.Finish(_) -> "";
        };
    }

    private static String words(Action action) {
        return switch (action) {
            case Action.ChangeState(_, var from, var to) -> from + " -> " + to;
            case Action.Start(_) -> "start";
            case Action.SayRestarting(_) -> "say restarting";
            case Action.Terminate(_) -> "terminate";
            case Action.Kill(_, var reason) -> "kill " + reason;
            case Action.SayExited(_, int status) -> "say exited " + status;
            case Action.Remove(_) -> "remove";
            case Action.Finish(int status) -> "finish " + status;
        };
    }
}
