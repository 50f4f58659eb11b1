package dev.dyno.formation;

import static dev.dyno.formation.History.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Plan.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan makes of what comes late, or is not to be. {@link History} tells how to read it. */
class PlanTest {
    @Test
    void paysNoHeedToNewsOfDynosThatAreNot() {
        holds(
                """
                0s      web.1 up
                0s      web.1 exit 0
                0s      web.1 not started
                0s      scale web=1
                          web.1: down -> starting, start
                1s      web.2 exit 0
                1s      worker.1 up
                1s      web.1 up
                          web.1: starting -> up
                1s      web.1 up
                2s      web.1 exit 1
                          web.1: say exited 1, up -> crashed, crashed -> starting, start
                3s      web.1 exit 1
                          web.1: say exited 1, starting -> crashed
                3s      web.1 exit 1
                3s      web.1 up
                3s      web.1 not started
                13s     due
                          web.1: crashed -> starting, start
                """);
    }

    @Test
    void asksForNoTickWhereOnlyOthersCanChangeAnything() {
        var history = new History(History.RULES);
        assertThat(history.next()).isEmpty();
        history.on(Instant.EPOCH, new Event.Scaled(Map.of("worker", 1)));
        assertThat(history.next()).isEmpty();
        history.on(Instant.EPOCH, new Event.StopAsked(15));
        assertThat(history.next()).contains(Instant.EPOCH.plusSeconds(30));
        history.on(Instant.EPOCH, new Event.StopAsked(15));
        assertThat(history.next()).contains(Instant.EPOCH.plusSeconds(10));
        history.on(Instant.EPOCH.plusSeconds(10), new Event.Tick());
        assertThat(history.next()).isEmpty();
    }

    @Test
    void tellsWhenADynoThatCoolsOffStartsAgain() {
        var plan = new Plan(History.RULES);
        DynoName worker = DynoName.parse("worker.2");
        var crash = new Event.Ended(worker, History.exit(1));
        assertThat(plan.retryOf(worker)).isEmpty();
        plan.on(History.BEGIN, new Event.Scaled(Map.of("worker", 2)));
        plan.on(History.BEGIN, crash);
        assertThat(plan.retryOf(worker)).isEmpty();
        plan.on(History.BEGIN, crash);
        assertThat(plan.retryOf(worker)).contains(History.BEGIN.plusSeconds(10));
        assertThat(plan.retryOf(DynoName.parse("worker.1"))).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Event.Scaled(Map.of("web", -1)))
                .hasMessage("a quantity is 0 or more: {web=-1}");
        assertThatThrownBy(() -> new Event.StopAsked(0)).hasMessage("not a signal: 0");
        assertThatThrownBy(() ->
                        new Rules(Duration.ofSeconds(-1), Duration.ZERO, Duration.ZERO, false))
                .hasMessage("a time to wait is 0 or more");
    }
}
