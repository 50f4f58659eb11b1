package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.formation.Plan.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan says to do, as recorded histories; {@link History} tells how to read them. */
class PlanTest {
    private static final Rules RULES =
            new Rules(
                    Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), false);
    private static final Rules ONCE =
            new Rules(RULES.backoff(), RULES.bootTimeout(), RULES.grace(), true);
    private static final Rules NO_BACKOFF =
            new Rules(Duration.ZERO, RULES.bootTimeout(), RULES.grace(), false);

    private static void holds(String history) {
        holds(RULES, history);
    }

    private static void holds(Rules rules, String history) {
        assertThat(History.replay(rules, history)).isEqualTo(history);
    }

    // Starting

    @Test
    void startsTypesInTheirOrderAndNumbersUpwards() {
        holds(
                """
                0s      scale web=2 worker=1
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                          worker.1: down -> starting, start
                0.1s    worker.1 up
                          worker.1: starting -> up
                2s      web.2 up
                          web.2: starting -> up
                2s      web.1 up
                          web.1: starting -> up
                """);
    }

    @Test
    void killsAWebDynoThatDoesNotListenInTime() {
        holds(
                """
                0s      scale web=1
                          web.1: down -> starting, start
                59.999s tick
                60s     due
                          web.1: kill BOOT_TIMEOUT
                60.1s   web.1 up
                60.2s   web.1 exit 137
                          web.1: say exited 137, starting -> crashed, crashed -> starting, start
                120.2s  due
                          web.1: kill BOOT_TIMEOUT
                121s    web.1 exit 137
                          web.1: say exited 137, starting -> crashed
                131s    due
                          web.1: crashed -> starting, start
                """);
    }

    @Test
    void givesOtherTypesAllTheTimeTheyTakeToStart() {
        holds(
                """
                0s      scale worker=1 webhooks=1
                          worker.1: down -> starting, start
                          webhooks.1: down -> starting, start
                9000s   tick
                9001s   worker.1 up
                          worker.1: starting -> up
                """);
    }

    @Test
    void leavesAWebDynoAloneOnceItListens() {
        holds(
                """
                0s      scale web=1
                          web.1: down -> starting, start
                59s     web.1 up
                          web.1: starting -> up
                9000s   tick
                """);
    }

    // Crashing

    @Test
    void startsACrashedDynoAgainAtOnceTheFirstTimeAndThenAfterCoolOffsThatGrow() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 up
                          worker.1: starting -> up
                1s      worker.1 exit 1
                          worker.1: say exited 1, up -> crashed, crashed -> starting, start
                2s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                11.999s tick
                12s     due
                          worker.1: crashed -> starting, start
                13s     worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                33s     due
                          worker.1: crashed -> starting, start
                34s     worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                74s     due
                          worker.1: crashed -> starting, start
                75s     worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                155s    due
                          worker.1: crashed -> starting, start
                156s    worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                316s    due
                          worker.1: crashed -> starting, start
                317s    worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                617s    due
                          worker.1: crashed -> starting, start
                618s    worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                918s    due
                          worker.1: crashed -> starting, start
                """);
    }

    @Test
    void takesAnEndWithStatus0ForACrash() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 0
                          worker.1: say exited 0, starting -> crashed, crashed -> starting, start
                """);
    }

    @Test
    void startsADynoAtOnceAgainThatWasUpForTheLongestCoolOff() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                1s      worker.1 up
                          worker.1: starting -> up
                2s      worker.1 up
                301s    worker.1 exit 1
                          worker.1: say exited 1, up -> crashed, crashed -> starting, start
                302s    worker.1 up
                          worker.1: starting -> up
                601.9s  worker.1 exit 1
                          worker.1: say exited 1, up -> crashed
                611.9s  due
                          worker.1: crashed -> starting, start
                """);
    }

    @Test
    void doesNotCountTheTimeADynoTookToStartAsUp() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                900s    worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                910s    due
                          worker.1: crashed -> starting, start
                """);
    }

    @Test
    void takesACommandThatCannotBeStartedForACrashWithoutAnEnd() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 not started
                          worker.1: starting -> crashed, crashed -> starting, start
                0s      worker.1 not started
                          worker.1: starting -> crashed
                10s     due
                          worker.1: crashed -> starting, start
                """);
    }

    @Test
    void neverWaitsWithoutABackoff() {
        holds(
                NO_BACKOFF,
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                0s      worker.1 up
                          worker.1: starting -> up
                0s      worker.1 exit 1
                          worker.1: say exited 1, up -> crashed, crashed -> starting, start
                """);
    }

    // Scaling

    @Test
    void takesTheHighestNumbersAwayAndLeavesOtherTypesAlone() {
        holds(
                """
                0s      scale web=3 worker=1
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                          web.3: down -> starting, start
                          worker.1: down -> starting, start
                1s      web.3 up
                          web.3: starting -> up
                2s      scale web=1
                          web.2: starting -> down, terminate
                          web.3: up -> down, terminate
                3s      web.3 exit 143
                          web.3: say exited 143, remove
                4s      web.2 exit 0
                          web.2: say exited 0, remove
                5s      web.2 exit 0
                6s      scale web=2
                          web.2: down -> starting, start
                """);
    }

    @Test
    void keepsTheOrderInWhichTypesWereFirstSeen() {
        holds(
                """
                0s      scale web=1 clock=0
                          web.1: down -> starting, start
                0s      scale worker=1 clock=1 web=2
                          web.2: down -> starting, start
                          clock.1: down -> starting, start
                          worker.1: down -> starting, start
                """);
    }

    @Test
    void takesACrashedDynoAwayAtOnce() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                1s      scale worker=0
                          worker.1: crashed -> down, remove
                10s     tick
                11s     scale worker=1
                          worker.1: down -> starting, start
                12s     worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                """);
    }

    @Test
    void startsADynoThatIsWantedAgainWhenTheLastOneOfThatNameHasEnded() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 up
                          worker.1: starting -> up
                1s      scale worker=0
                          worker.1: up -> down, terminate
                2s      scale worker=1
                3s      restart worker.1
                4s      worker.1 exit 143
                          worker.1: say exited 143, down -> starting, start
                """);
    }

    @Test
    void doesNotStartADynoThatIsWantedAgainAndThenNoMore() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                1s      scale worker=0
                          worker.1: starting -> down, terminate
                2s      scale worker=1
                3s      scale worker=0
                4s      worker.1 exit 143
                          worker.1: say exited 143, remove
                """);
    }

    @Test
    void doesNotTerminateWhatItHasKilled() {
        holds(
                """
                0s      scale web=2
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                60s     due
                          web.1: kill BOOT_TIMEOUT
                          web.2: kill BOOT_TIMEOUT
                61s     restart web.1
                          web.1: say restarting
                61s     scale web=1
                          web.2: starting -> down
                62s     web.1 exit 137
                          web.1: say exited 137, start
                62s     web.2 exit 137
                          web.2: say exited 137, remove
                """);
    }

    // Restarting

    @Test
    void restartsADynoWhenItHasEnded() {
        holds(
                """
                0s      scale web=1
                          web.1: down -> starting, start
                1s      web.1 up
                          web.1: starting -> up
                2s      restart web.1
                          web.1: say restarting, up -> starting, terminate
                2.1s    web.1 up
                2.2s    restart web.1
                3s      web.1 exit 143
                          web.1: say exited 143, start
                4s      web.1 up
                          web.1: starting -> up
                """);
    }

    @Test
    void restartsADynoThatIsStillStarting() {
        holds(
                """
                0s      scale web=1
                          web.1: down -> starting, start
                50s     restart web.1
                          web.1: say restarting, terminate
                60s     tick
                61s     web.1 exit 1
                          web.1: say exited 1, start
                121s    due
                          web.1: kill BOOT_TIMEOUT
                """);
    }

    @Test
    void restartsACrashedDynoAtOnceAndForgetsItsCrashes() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed
                1s      restart worker.1
                          worker.1: say restarting, crashed -> starting, start
                10s     tick
                11s     worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                """);
    }

    @Test
    void forgetsTheCrashesOfADynoThatIsRestartedWhileItRuns() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                1s      restart worker.1
                          worker.1: say restarting, terminate
                2s      worker.1 exit 143
                          worker.1: say exited 143, start
                3s      worker.1 exit 1
                          worker.1: say exited 1, starting -> crashed, crashed -> starting, start
                """);
    }

    @Test
    void restartsOnlyWhatThereIs() {
        holds(
                """
                0s      scale web=2
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                1s      scale web=1
                          web.2: starting -> down, terminate
                2s      restart web.2 web.3 worker.1
                3s      web.2 exit 143
                          web.2: say exited 143, remove
                4s      restart web.2
                """);
    }

    @Test
    void takesADynoAwayThatIsBeingRestarted() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 up
                          worker.1: starting -> up
                1s      restart worker.1
                          worker.1: say restarting, up -> starting, terminate
                2s      scale worker=0
                          worker.1: starting -> down
                3s      worker.1 exit 143
                          worker.1: say exited 143, remove
                """);
    }

    // Killing what outlives its grace

    @Test
    void killsOnceWhatOutlivesItsGrace() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                1s      restart worker.1
                          worker.1: say restarting, terminate
                30.999s tick
                31s     due
                          worker.1: kill EXIT_TIMEOUT
                99s     tick
                9000s   tick
                9001s   worker.1 exit 137
                          worker.1: say exited 137, start
                """);
    }

    @Test
    void killsOnceAfterALaptopHasSlept() {
        holds(
                """
                0s      scale web=1 worker=1
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                1s      restart worker.1
                          worker.1: say restarting, terminate
                36000s  tick
                          web.1: kill BOOT_TIMEOUT
                          worker.1: kill EXIT_TIMEOUT
                36000s  tick
                """);
    }

    @Test
    void bearsAClockThatIsSetBack() {
        holds(
                """
                5000s   scale web=1 worker=1
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                5000s   worker.1 up
                          worker.1: starting -> up
                5001s   worker.1 exit 1
                          worker.1: say exited 1, up -> crashed, crashed -> starting, start
                5001s   worker.1 up
                          worker.1: starting -> up
                100s    tick
                101s    worker.1 exit 1
                          worker.1: say exited 1, up -> crashed
                111s    due
                          worker.1: crashed -> starting, start
                5060s   due
                          web.1: kill BOOT_TIMEOUT
                100s    tick
                5060s   tick
                """);
    }

    // Stopping

    @Test
    void endsAllWhenToldToAndThenItself() {
        holds(
                """
                0s      scale web=2 worker=2
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                          worker.1: down -> starting, start
                          worker.2: down -> starting, start
                1s      web.1 up
                          web.1: starting -> up
                1s      worker.2 exit 1
                          worker.2: say exited 1, starting -> crashed, crashed -> starting, start
                1s      worker.2 exit 1
                          worker.2: say exited 1, starting -> crashed
                2s      SIGINT
                          web.1: up -> down, terminate
                          web.2: starting -> down, terminate
                          worker.1: starting -> down, terminate
                          worker.2: crashed -> down, remove
                3s      worker.1 exit 143
                          worker.1: say exited 143, remove
                3s      worker.1 not started
                4s      scale web=3
                4s      restart web.1
                4s      web.2 up
                4s      web.2 exit 1
                          web.2: say exited 1, remove
                5s      web.1 exit 0
                          web.1: say exited 0, remove
                          finish 130
                6s      SIGINT
                6s      scale web=1
                6s      web.1 exit 0
                9000s   tick
                """);
    }

    @Test
    void endsAtOnceWhereNothingRuns() {
        holds(
                """
                0s      SIGTERM
                          finish 143
                """);
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                0s      worker.1 not started
                          worker.1: starting -> crashed, crashed -> starting, start
                0s      worker.1 not started
                          worker.1: starting -> crashed
                1s      SIGHUP
                          worker.1: crashed -> down, remove
                          finish 129
                """);
    }

    @Test
    void givesNobodyMoreThanOneGrace() {
        holds(
                """
                0s      scale web=1 worker=2
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                          worker.2: down -> starting, start
                10s     restart worker.1
                          worker.1: say restarting, terminate
                20s     scale worker=1
                          worker.2: starting -> down, terminate
                30s     SIGTERM
                          web.1: starting -> down, terminate
                          worker.1: starting -> down
                40s     due
                          worker.1: kill EXIT_TIMEOUT
                41s     worker.1 exit 137
                          worker.1: say exited 137, remove
                50s     due
                          worker.2: kill EXIT_TIMEOUT
                51s     worker.2 exit 137
                          worker.2: say exited 137, remove
                60s     due
                          web.1: kill EXIT_TIMEOUT
                61s     web.1 exit 137
                          web.1: say exited 137, remove
                          finish 143
                """);
    }

    @Test
    void killsAllWhenToldToStopTwice() {
        holds(
                """
                0s      scale web=2 worker=2
                          web.1: down -> starting, start
                          web.2: down -> starting, start
                          worker.1: down -> starting, start
                          worker.2: down -> starting, start
                40s     restart worker.2
                          worker.2: say restarting, terminate
                60s     web.2 up
                          web.2: starting -> up
                60s     tick
                          web.1: kill BOOT_TIMEOUT
                61s     SIGINT
                          web.1: starting -> down
                          web.2: up -> down, terminate
                          worker.1: starting -> down, terminate
                          worker.2: starting -> down
                62s     worker.1 exit 143
                          worker.1: say exited 143, remove
                63s     SIGTERM
                          web.2: kill ASKED_TWICE
                          worker.2: kill ASKED_TWICE
                64s     SIGINT
                64s     web.1 exit 137
                          web.1: say exited 137, remove
                64s     web.2 exit 137
                          web.2: say exited 137, remove
                64s     worker.2 exit 137
                          worker.2: say exited 137, remove
                          finish 130
                """);
    }

    @Test
    void takesTheManyHangUpsOfAClosedWindowForOne() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                1s      SIGHUP
                          worker.1: starting -> down, terminate
                1s      SIGHUP
                2s      SIGHUP
                3s      SIGTERM
                          worker.1: kill ASKED_TWICE
                3s      worker.1 exit 137
                          worker.1: say exited 137, remove
                          finish 129
                """);
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                1s      SIGINT
                          worker.1: starting -> down, terminate
                2s      SIGHUP
                          worker.1: kill ASKED_TWICE
                """);
    }

    @Test
    void waitsNoLongerThanTenSecondsForWhatItKilled() {
        holds(
                """
                0s      scale web=1 worker=1
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                60s     due
                          web.1: kill BOOT_TIMEOUT
                61s     SIGINT
                          web.1: starting -> down
                          worker.1: starting -> down, terminate
                70s     due
                91s     due
                          worker.1: kill EXIT_TIMEOUT
                95s     web.1 exit 137
                          web.1: say exited 137, remove
                100.9s  tick
                101s    due
                          finish 130
                102s    worker.1 exit 137
                """);
    }

    // Once

    @Test
    void endsAllWhenOneHasEndedOnce() {
        holds(
                ONCE,
                """
                0s      scale web=1 test=1 worker=1
                          web.1: down -> starting, start
                          test.1: down -> starting, start
                          worker.1: down -> starting, start
                1s      web.1 up
                          web.1: starting -> up
                2s      test.1 up
                          test.1: starting -> up
                9s      test.1 exit 0
                          test.1: say exited 0, up -> crashed
                          web.1: up -> down, terminate
                          test.1: crashed -> down, remove
                          worker.1: starting -> down, terminate
                10s     web.1 exit 143
                          web.1: say exited 143, remove
                11s     worker.1 exit 0
                          worker.1: say exited 0, remove
                          finish 0
                """);
    }

    @Test
    void endsOnceWithTheFirstStatusThatFails() {
        holds(
                ONCE,
                """
                0s      scale test=1 web=1 worker=1
                          test.1: down -> starting, start
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                9s      test.1 exit 3
                          test.1: say exited 3, starting -> crashed, crashed -> down, remove
                          web.1: starting -> down, terminate
                          worker.1: starting -> down, terminate
                10s     web.1 exit 4
                          web.1: say exited 4, remove
                11s     worker.1 exit 143
                          worker.1: say exited 143, remove
                          finish 3
                """);
        holds(
                ONCE,
                """
                0s      scale test=1 web=1 worker=1
                          test.1: down -> starting, start
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                9s      test.1 exit 0
                          test.1: say exited 0, starting -> crashed, crashed -> down, remove
                          web.1: starting -> down, terminate
                          worker.1: starting -> down, terminate
                10s     worker.1 exit 4
                          worker.1: say exited 4, remove
                39s     due
                          web.1: kill EXIT_TIMEOUT
                40s     web.1 exit 137
                          web.1: say exited 137, remove
                          finish 4
                """);
    }

    @Test
    void failsOnceWhereItHadToKillOne() {
        holds(
                ONCE,
                """
                0s      scale test=1 worker=1
                          test.1: down -> starting, start
                          worker.1: down -> starting, start
                1s      test.1 exit 0
                          test.1: say exited 0, starting -> crashed, crashed -> down, remove
                          worker.1: starting -> down, terminate
                31s     due
                          worker.1: kill EXIT_TIMEOUT
                31s     worker.1 exit 137
                          worker.1: say exited 137, remove
                          finish 137
                """);
    }

    @Test
    void failsOnceWhereSomebodyElseTerminatedOne() {
        holds(
                ONCE,
                """
                0s      scale test=1
                          test.1: down -> starting, start
                1s      test.1 exit 143
                          test.1: say exited 143, starting -> crashed, crashed -> down, remove
                          finish 143
                """);
    }

    @Test
    void failsOnceWhereTheWebDynoDoesNotListen() {
        holds(
                ONCE,
                """
                0s      scale web=1 worker=1
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                60s     due
                          web.1: kill BOOT_TIMEOUT
                61s     web.1 exit 137
                          web.1: say exited 137, starting -> crashed, crashed -> down, remove
                          worker.1: starting -> down, terminate
                61s     worker.1 exit 143
                          worker.1: say exited 143, remove
                          finish 137
                """);
    }

    @Test
    void failsOnceWith125WhereOneCannotBeStarted() {
        holds(
                ONCE,
                """
                0s      scale web=1 worker=1
                          web.1: down -> starting, start
                          worker.1: down -> starting, start
                0s      worker.1 not started
                          worker.1: starting -> crashed
                          web.1: starting -> down, terminate
                          worker.1: crashed -> down, remove
                1s      web.1 exit 143
                          web.1: say exited 143, remove
                          finish 125
                """);
    }

    @Test
    void scalesAndRestartsOnceWithoutAnEnd() {
        holds(
                ONCE,
                """
                0s      scale test=1 worker=2
                          test.1: down -> starting, start
                          worker.1: down -> starting, start
                          worker.2: down -> starting, start
                1s      restart worker.1
                          worker.1: say restarting, terminate
                2s      worker.1 exit 1
                          worker.1: say exited 1, start
                3s      scale worker=0
                          worker.1: starting -> down, terminate
                          worker.2: starting -> down, terminate
                4s      worker.1 exit 1
                          worker.1: say exited 1, remove
                5s      test.1 exit 0
                          test.1: say exited 0, starting -> crashed, crashed -> down, remove
                6s      worker.2 exit 143
                          worker.2: say exited 143, remove
                          finish 0
                """);
    }

    @Test
    void endsOnceWithTheSignalThatStopsIt() {
        holds(
                ONCE,
                """
                0s      scale test=1 worker=1
                          test.1: down -> starting, start
                          worker.1: down -> starting, start
                1s      test.1 exit 3
                          test.1: say exited 3, starting -> crashed, crashed -> down, remove
                          worker.1: starting -> down, terminate
                2s      SIGINT
                3s      SIGINT
                          worker.1: kill ASKED_TWICE
                3s      worker.1 exit 137
                          worker.1: say exited 137, remove
                          finish 130
                """);
    }

    // What comes late, or is not to be

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
        var history = new History(RULES);
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
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Event.Scaled(Map.of("web", -1)))
                .hasMessage("a quantity is 0 or more: {web=-1}");
        assertThatThrownBy(() -> new Event.StopAsked(0)).hasMessage("not a signal: 0");
        assertThatThrownBy(() ->
                        new Rules(Duration.ofSeconds(-1), Duration.ZERO, Duration.ZERO, false))
                .hasMessage("a time to wait is 0 or more");
    }

    // Stopping single dynos

    @Test
    void putsAnotherInThePlaceOfOneThatIsStopped() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                1s      worker.1 up
                          worker.1: starting -> up
                2s      stop worker.1
                          worker.1: say restarting, up -> starting, terminate
                3s      worker.1 exit 143
                          worker.1: say exited 143, start
                """);
    }

    @Test
    void killsOneThatIsStoppedTwice() {
        holds(
                """
                0s      scale worker=2
                          worker.1: down -> starting, start
                          worker.2: down -> starting, start
                2s      stop worker.1
                          worker.1: say restarting, terminate
                3s      stop worker.1
                          worker.1: kill ASKED_TWICE
                3s      stop worker.1
                4s      worker.1 exit 137
                          worker.1: say exited 137, start
                """);
    }

    @Test
    void killsOneThatIsStoppedWhileItIsScaledAway() {
        holds(
                """
                0s      scale worker=1
                          worker.1: down -> starting, start
                2s      scale worker=0
                          worker.1: starting -> down, terminate
                3s      stop worker.1
                          worker.1: kill ASKED_TWICE
                4s      worker.1 exit 137
                          worker.1: say exited 137, remove
                4s      stop worker.1
                """);
    }
}
