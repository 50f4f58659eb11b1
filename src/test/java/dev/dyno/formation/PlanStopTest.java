package dev.dyno.formation;

import static dev.dyno.formation.History.holds;

import org.junit.jupiter.api.Test;

/** How dynos are ended, and the formation. {@link History} tells how to read it. */
class PlanStopTest {
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
}
