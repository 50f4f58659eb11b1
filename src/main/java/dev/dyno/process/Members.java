package dev.dyno.process;

import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All processes of one dyno: its leader, what that has started, and what has run away from it but
 * bears the dyno's mark.
 */
public final class Members {
    private static final long TICK_NANOS = 2_000_000;
    private static final int BEING_STARTED = 1000;

    private final ProcessHandle leader;
    private final int holders;
    private final Survivors survivors;

    /**
     * @param holders as in {@link Invocation}
     */
    public Members(ProcessHandle leader, int holders, Survivors survivors) {
        this.leader = leader;
        this.holders = holders;
        this.survivors = survivors;
    }

    /**
     * Sends it to all; what is to hold the program may stand there before it, and is waited for.
     */
    public void signal(int signal) {
        ProcessTree tree = tree();
        for (int i = 0; tree.isEmpty() && leader.isAlive() && i < BEING_STARTED; i++) {
            LockSupport.parkNanos(TICK_NANOS);
            tree = tree();
        }
        tree.signal(signal);
    }

    public void hangUpIdleShells() {
        tree().hangUpIdleShells();
    }

    public void kill() {
        tree().kill();
        survivors.kill();
    }

    /** Once the leader has ended: kills what it left behind. */
    public void killRest() {
        survivors.killAfter(leader.pid());
    }

    private ProcessTree tree() {
        if (holders > 0) {
            return ProcessTree.heldBy(leader, holders);
        }
        var handles =
                Stream.concat(
                        Stream.concat(Stream.of(leader), leader.descendants()),
                        survivors.find().stream().flatMap(pid -> ProcessHandle.of(pid).stream()));
        return ProcessTree.of(handles.distinct());
    }
}
