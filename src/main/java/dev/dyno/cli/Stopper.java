package dev.dyno.cli;

import dev.dyno.process.Signals;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Ends a run in order when dyno is told to end: by a signal, or because the user's terminal is
 * gone. The main thread does the ending; should it be caught in a write to a stalled terminal, it
 * is left behind.
 */
final class Stopper {
    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int signal;
    private volatile IntConsumer target = _ -> {};
    private volatile Runnable lastResort = () -> {};

    void hearSignals() {
        Signals.on("TERM", this::stop);
        Signals.on("HUP", this::stop);
        Signals.on("INT", this::stop);
    }

    /** 0, or the number of the signal that asks dyno to end. */
    int signal() {
        return signal;
    }

    boolean isAsked() {
        return signal != 0;
    }

    /**
     * From now on a request goes to {@code target}; one that came before goes there at once.
     *
     * @param lastResort what must be done even if the main thread cannot
     */
    void aim(IntConsumer target, Runnable lastResort) {
        this.target = target;
        this.lastResort = lastResort;
        if (signal != 0) {
            target.accept(signal);
        }
    }

    /** The main thread has cleaned up and will exit. */
    void finished() {
        finished.countDown();
    }

    void stop(int number) {
        synchronized (this) {
            if (signal != 0) {
                return;
            }
            signal = number;
        }
        target.accept(number);
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                lastResort.run();
                Runtime.getRuntime().halt(128 + number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
