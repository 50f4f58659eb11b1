package dev.dyno.terminal;

import dev.dyno.process.Exit;
import dev.dyno.process.Posix;
import dev.dyno.process.Wake;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of one dyno: the leader of its session, and whatever that started. dyno has adopted
 * the orphans among them, so none is overlooked; once the leader has ended, the others are ended
 * too.
 */
final class Processes {
    private static final Duration HANGUP = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofMillis(250);
    private static final Duration LEAVE = Duration.ofMillis(750);
    private static final Duration GIVE_UP = Duration.ofSeconds(3);
    private static final long TICK_NANOS = 2_000_000;

    private final int leader;
    private final Wake gone = new Wake();
    private volatile Exit exit = new Exit.Code(0);
    private volatile boolean stopping;

    Processes(int leader) {
        this.leader = leader;
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

    /** {@code signal} to all of them; those still there a moment later get SIGHUP, then SIGKILL. */
    void stop(int signal) {
        if (stopping) {
            return;
        }
        stopping = true;
        signalAll(signal);
        if (!awaitGone(STOP)) {
            signalAll(Posix.SIGHUP);
        }
        if (!awaitGone(LEAVE)) {
            signalAll(Posix.SIGKILL);
        }
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
        endRest();
        gone.up();
    }

    /** Those the leader left behind: a hang-up, as a terminal gives, then no mercy. */
    private void endRest() {
        if (reapedAll(Duration.ZERO)) {
            return;
        }
        signalAll(Posix.SIGHUP);
        if (reapedAll(HANGUP)) {
            return;
        }
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        do {
            signalAll(Posix.SIGKILL);
        } while (!reapedAll(Duration.ofMillis(20)) && System.nanoTime() < deadline);
    }

    private static boolean reapedAll(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        var status = new int[1];
        while (true) {
            int pid = Posix.waitpid(-1, status, Posix.WNOHANG);
            if (pid < 0 && Posix.errno() == Posix.ECHILD) {
                return true;
            }
            if (pid == 0) {
                if (System.nanoTime() >= deadline) {
                    return false;
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
    }

    private boolean awaitGone(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!gone.isUp() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        return gone.isUp();
    }

    private static void signalAll(int signal) {
        ProcessHandle.current()
                .descendants()
                .forEach(process -> Posix.kill(Math.toIntExact(process.pid()), signal));
    }
}
