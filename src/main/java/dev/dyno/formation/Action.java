package dev.dyno.formation;

import dev.dyno.dyno.DynoName;

/** What is to be done next, in this order; {@link Plan} decides, the {@link Supervisor} does. */
public sealed interface Action {
    /** It comes into another state: logged, and shown by ps. */
    record ChangeState(DynoName dyno, State from, State to) implements Action {}

    /** Make it anew and start its command, which is logged. */
    record Start(DynoName dyno) implements Action {}

    /** Logs that somebody wants it restarted. */
    record SayRestarting(DynoName dyno) implements Action {}

    /** SIGTERM to all of its processes, which is logged. */
    record Terminate(DynoName dyno) implements Action {}

    /** SIGKILL to all of its processes; why is logged. */
    record Kill(DynoName dyno, Reason reason) implements Action {}

    /** Logs how its command ended. */
    record SayExited(DynoName dyno, int status) implements Action {}

    /** Nobody wants it any more, and it has ended: it goes from the roster. */
    record Remove(DynoName dyno) implements Action {}

    /** All have ended: dyno ends with this status. */
    record Finish(int status) implements Action {}

    /** Why a dyno is killed. */
    enum Reason {
        /** R10: a web dyno that does not listen. */
        BOOT_TIMEOUT,
        /** R12: it outlived its grace. */
        EXIT_TIMEOUT,
        /** Somebody does not want to wait for its grace. */
        ASKED_TWICE
    }
}
