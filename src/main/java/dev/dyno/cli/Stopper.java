package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.process.Posix;
import dev.dyno.process.Running;
import dev.dyno.process.Signals;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run in order when dyno is told to end: by a signal, or because the user's terminal is
 * gone. Every process gets SIGTERM, or SIGHUP where the client is lost, a grace, then SIGKILL
 * (heroku.md 4.4); asked a second time there is no grace. The main thread does the cleaning up;
 * should it be caught in a write to a stalled terminal, it is left behind.
 */
final class Stopper {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS_BETWEEN_SIGNALS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** For what is not made wholly yet to be removed, which may be a large slug. */
    private static final Duration REMOVING = Duration.ofSeconds(10);

    private static final int KILLED = 128 + Posix.SIGKILL;

    private final Duration grace;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch hurry = new CountDownLatch(1);
    private volatile int signal;
    private volatile boolean killed;
    private volatile boolean jvmEnds;
    private volatile @Nullable Target target;

    /** Whom to end, where to log it if at all, and what must be done even if main cannot. */
    private record Target(Running running, @Nullable Dyno dyno, Runnable lastResort) {}

    /**
     * @param grace how long processes have between the signal and SIGKILL
     */
    Stopper(Duration grace) {
        this.grace = grace;
    }

    /**
     * @param attached whether the end of the user's window is the end of the run
     */
    void hearSignals(boolean attached) {
        endWithJvm();
        Signals.on("TERM", this::stop);
        // Heard all the same: what dyno ignores, its programs would ignore too.
        Signals.on("HUP", attached ? this::stop : _ -> {});
        Signals.on("INT", this::stop);
    }

    /**
     * A signal that came before dyno hears them ends the JVM, on a thread of its own, amidst
     * whatever main is doing by then. It waits until main has cleaned up.
     */
    private void endWithJvm() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::jvmEnds, "jvm's end"));
        } catch (IllegalStateException e) {
            awaitJvmsEnd(); // at once: nothing is made yet
        }
    }

    private void jvmEnds() {
        jvmEnds = true;
        stop(Posix.SIGTERM);
        awaitFinished(REMOVING);
    }

    /** Its status is 128 + the signal, which only the JVM knows. */
    private static void awaitJvmsEnd() {
        while (true) {
            LockSupport.park();
        }
    }

    boolean isAsked() {
        return signal != 0;
    }

    /** 128 + the signal dyno was ended by; 137 where the dyno outlived its grace. */
    int status() {
        return killed ? KILLED : 128 + signal;
    }

    /**
     * From now on a request goes to {@code running}; one that came before goes there at once.
     *
     * @param dyno that is to end, in whose log it stands; null where none is
     */
    void aim(Running running, @Nullable Dyno dyno, Runnable lastResort) {
        synchronized (this) {
            target = new Target(running, dyno, lastResort);
            if (signal == 0) {
                return;
            }
        }
        Thread.ofPlatform().name("stop").daemon().start(this::end);
    }

    /** The main thread has cleaned up and will exit. */
    void finished() {
        finished.countDown();
        if (jvmEnds) {
            awaitJvmsEnd();
        }
    }

    /** As {@link #stop}, for the thread that also has to clean up. */
    void stopSoon(int number) {
        Thread.ofPlatform().name("stop").daemon().start(() -> stop(number));
    }

    /** Returns when the run has ended. */
    void stop(int number) {
        synchronized (this) {
            if (signal != 0) {
                // A closed window tells of itself more than once.
                if (number != Posix.SIGHUP) {
                    hurry.countDown();
                }
                return;
            }
            signal = number;
            if (target == null) {
                // Whoever prepares the run asks isAsked() and aim() as it goes on, unless it is
                // caught in a write.
                Thread.ofPlatform().name("stop").daemon().start(this::awaitPrepared);
                return;
            }
        }
        end();
    }

    private void awaitPrepared() {
        if (!awaitFinished(REMOVING) && target == null) {
            Runtime.getRuntime().halt(status());
        }
    }

    private void end() {
        Target it = java.util.Objects.requireNonNull(target);
        if (it.dyno != null) {
            it.dyno.stopping(signal);
        }
        it.running.signal(signalOfStop());
        if (!awaitEnd(it, grace, true) && !it.running.isGone()) {
            killed = true;
            if (it.dyno != null) {
                it.dyno.killing(hurry.getCount() > 0 ? grace : null);
            }
            it.running.kill();
            awaitEnd(it, PATIENCE, false);
        }
        if (!awaitFinished(PATIENCE)) {
            it.lastResort.run();
            Runtime.getRuntime().halt(status());
        }
    }

    /** Waits for the processes to end; in the grace, shells that are the last ones are hung up. */
    private boolean awaitEnd(Target it, Duration within, boolean inGrace) {
        long deadline = System.nanoTime() + within.toNanos();
        BooleanSupplier over =
                () -> System.nanoTime() >= deadline || (inGrace && hurry.getCount() == 0);
        for (int i = 1; !it.running.isGone() && !over.getAsBoolean(); i++) {
            if (awaitFinished(LOOK)) {
                return true;
            }
            if (inGrace && i % LOOKS_BETWEEN_SIGNALS == 0) {
                if (it.running.isYoung()) {
                    it.running.signal(signalOfStop());
                }
                it.running.hangUpIdleShells();
            }
        }
        return it.running.isGone();
    }

    private int signalOfStop() {
        return signal == Posix.SIGHUP ? Posix.SIGHUP : Posix.SIGTERM;
    }

    private boolean awaitFinished(Duration within) {
        try {
            return finished.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
