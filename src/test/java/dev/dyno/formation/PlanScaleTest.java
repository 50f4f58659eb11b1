package dev.dyno.formation;

import static dev.dyno.formation.History.holds;

import org.junit.jupiter.api.Test;

/**
 * Which dynos start and end when users scale, restart and stop them. {@link History} tells how to
 * read it.
 */
class PlanScaleTest {
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
