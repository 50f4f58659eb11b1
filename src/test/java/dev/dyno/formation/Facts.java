package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Plan.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a name in a formation by what happened and what was to be done about it. */
final class Facts {
    static final Duration KILL_TAKES = Duration.ofSeconds(10);
    private static final int[] COOL_OFFS = {0, 1, 2, 4, 8, 16, 30};

    final DynoName name;
    private final Rules rules;

    State state = State.DOWN;
    boolean known;
    boolean live;
    boolean restarting;
    boolean lost;
    int crashes;
    Instant retry = Instant.MIN;
    @Nullable Instant started;
    @Nullable Instant up;
    @Nullable Instant terminated;
    @Nullable Instant killed;

    Facts(DynoName name, Rules rules) {
        this.name = name;
        this.rules = rules;
    }

    /** Whether its end would be no crash. */
    boolean leaving() {
        return restarting || state == State.DOWN;
    }

    boolean ending() {
        return terminated != null || killed != null;
    }

    boolean awaited() {
        return live && !lost;
    }

    void start(Instant now) {
        live = true;
        restarting = false;
        lost = false;
        started = now;
        up = null;
        terminated = null;
        killed = null;
    }

    /** It is not live any more, and may start again after its cool-off if that was a crash. */
    void end(Instant now) {
        live = false;
        retry = leaving() ? Instant.MIN : now.plus(coolOff(now));
    }

    private Duration coolOff(Instant now) {
        if (isOver(now, up, rules.backoff().multipliedBy(30))) {
            crashes = 0;
        }
        int times = COOL_OFFS[Math.min(crashes++, COOL_OFFS.length - 1)];
        return rules.backoff().multipliedBy(times);
    }

    boolean boots() {
        return name.type().name().equals("web") && live && up == null && terminated == null;
    }

    boolean outlivedItsBoot(Instant now) {
        return boots() && killed == null && isOver(now, started, rules.bootTimeout());
    }

    boolean outlivedItsGrace(Instant now) {
        return live && killed == null && isOver(now, terminated, rules.grace());
    }

    boolean outlivedItsKill(Instant now) {
        return live && isOver(now, killed, KILL_TAKES);
    }

    /** When the next of these times is over. */
    Optional<Instant> due() {
        if (!live) {
            return Optional.of(retry).filter(_ -> state == State.CRASHED);
        }
        if (killed != null) {
            return Optional.of(killed.plus(KILL_TAKES)).filter(_ -> !lost);
        }
        if (terminated != null) {
            return Optional.of(terminated.plus(rules.grace()));
        }
        return Optional.ofNullable(started)
                .filter(_ -> boots())
                .map(since -> since.plus(rules.bootTimeout()));
    }

    private static boolean isOver(Instant now, @Nullable Instant since, Duration time) {
        return since != null && !now.isBefore(since.plus(time));
    }

    void must(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError(name + ": " + law);
        }
    }
}
