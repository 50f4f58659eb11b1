package dev.dyno.formation;

import static dev.dyno.formation.History.holds;

import org.junit.jupiter.api.Test;

/** What ends all where one end is enough. {@link History} tells how to read it. */
class PlanOnceTest {
    @Test
    void endsAllWhenOneHasEndedOnce() {
        holds(
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
                History.ONCE,
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
}
