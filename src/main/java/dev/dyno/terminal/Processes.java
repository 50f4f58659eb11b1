package dev.dyno.terminal;

import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import dev.dyno.process.ProcessTree;
import dev.dyno.process.Running;
import dev.dyno.process.Wake;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of one dyno: the leader of its session, and whatever that started. dyno has adopted
 * the orphans among them, so none is overlooked; once the leader has ended, the others are ended
 * too.
 */
final class Processes implements Running {
    private static final Duration HANGUP = Duration.ofMillis(200);

    /** How long the kernel has for what it ends together with what held it. */
    private static final Duration HELD = Duration.ofMillis(100);

    private static final Duration BEING_STARTED = Duration.ofSeconds(2);
    private static final Duration GIVE_UP = Duration.ofSeconds(3);
    private static final Duration YOUTH = Duration.ofSeconds(1);
    private static final long TICK_NANOS = 2_000_000;
    private static final long SHORT_TICK_NANOS = 100_000;

    private final int leader;
    private final int holders;
    private final long began = System.nanoTime();
    private final Wake gone = new Wake();
    private volatile Exit exit = new Exit.Code(0);
    private volatile boolean leaderEnded;

    /**
     * @param holders as in {@link dev.dyno.process.Invocation}
     */
    Processes(int leader, int holders) {
        this.leader = leader;
        this.holders = holders;
        Thread.ofPlatform().name("reaper").daemon().start(this::reap);
    }

    /** Wakes when the last process has ended. */
    Wake gone() {
        return gone;
    }

    /** How the leader ended, once {@link #gone()} is up. */
    Exit exit() {
        return exit;
    }

    @Override
    public boolean isYoung() {
        return System.nanoTime() - began < YOUTH.toNanos();
    }

    @Override
    public boolean isGone() {
        return gone.isUp();
    }

    @Override
    public void signal(int signal) {
        ProcessTree tree = tree();
        long deadline = System.nanoTime() + BEING_STARTED.toNanos();
        // What is to hold the program may stand there before it.
        while (tree.isEmpty() && !gone.isUp() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TICK_NANOS);
            tree = tree();
        }
        tree.signal(signal);
    }

    @Override
    public void hangUpIdleShells() {
        tree().hangUpIdleShells();
    }

    @Override
    public void kill() {
        tree().kill();
    }

    private void reap() {
        var status = new int[1];
        while (true) {
            int pid = Posix.waitpid(-1, status, 0);
            if (pid == leader) {
                exit = Exit.ofWaitStatus(status[0]);
                break;
            }
            if (pid < 0 && Posix.errno() == Posix.ECHILD) {
                break;
            }
        }
        leaderEnded = true;
        endRest();
        gone.up();
    }

    /** Those the leader left behind: a hang-up, as a terminal gives, then no mercy. */
    private void endRest() {
        if (reapedAll(holders > 0 ? HELD : Duration.ZERO)) {
            return;
        }
        tree().signal(Posix.SIGHUP);
        if (reapedAll(HANGUP)) {
            return;
        }
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        do {
            kill();
        } while (!reapedAll(Duration.ofMillis(20)) && System.nanoTime() < deadline);
    }

    private static boolean reapedAll(Duration within) {
        long begin = System.nanoTime();
        long deadline = begin + within.toNanos();
        var status = new int[1];
        while (true) {
            int pid = Posix.waitpid(-1, status, Posix.WNOHANG);
            if (pid < 0 && Posix.errno() == Posix.ECHILD) {
                return true;
            }
            if (pid == 0) {
                long now = System.nanoTime();
                if (now >= deadline) {
                    return false;
                }
                boolean soon = now - begin < TICK_NANOS;
                LockSupport.parkNanos(soon ? SHORT_TICK_NANOS : TICK_NANOS);
            }
        }
    }

    private ProcessTree tree() {
        // What holds the dyno takes all of it along; else dyno itself has adopted the orphans.
        if (holders > 0 && !leaderEnded) {
            Optional<ProcessHandle> first = ProcessHandle.of(leader);
            if (first.isPresent()) {
                return ProcessTree.heldBy(first.get(), holders);
            }
        }
        return ProcessTree.of(ProcessHandle.current().descendants());
    }
}
