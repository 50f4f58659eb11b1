package dev.dyno.formation;

import static dev.dyno.formation.History.holds;

import org.junit.jupiter.api.Test;

/**
 * When a dyno starts, and when it starts again after a crash. {@link History} tells how to read it.
 */
class PlanStartTest {
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
                History.NO_BACKOFF,
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
}
