package dev.dyno.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The thread that looks at the memory of every dyno of this process about once a second, at all of
 * them in one round: a formation that sleeps is to wake the machine as seldom as one dyno does.
 */
final class Patrol {
    static final Patrol OF_THIS_PROCESS = new Patrol();

    // A run shorter than this is never looked at, and pays for the start of a thread only.
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is due so soon is looked at in this round already. */
    private static final long SOON_NANOS = EVERY_NANOS / 2;

    private final List<Beat> beats = new ArrayList<>();
    private boolean begun;

    /** One that is watched, and when it is to be looked at next, by {@link System#nanoTime}. */
    private record Beat(MemoryWatch watch, long lookAt) {}

    private Patrol() {}

    synchronized void add(MemoryWatch watch) {
        beats.add(new Beat(watch, System.nanoTime() + FIRST_NANOS));
        if (!begun) {
            begun = true;
            Thread.ofPlatform().name("memory").daemon().start(this::walk);
        }
        notifyAll();
    }

    synchronized void remove(MemoryWatch watch) {
        beats.removeIf(beat -> beat.watch == watch);
    }

    private void walk() {
        try {
            while (true) {
                awaitRound().forEach(MemoryWatch::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<MemoryWatch> awaitRound() throws InterruptedException {
        long left = left();
        while (left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = left();
        }
        long now = System.nanoTime();
        var round = new ArrayList<MemoryWatch>();
        for (int i = 0; i < beats.size(); i++) {
            Beat beat = beats.get(i);
            if (beat.lookAt - now < SOON_NANOS) {
                round.add(beat.watch);
                beats.set(i, new Beat(beat.watch, now + EVERY_NANOS));
            }
        }
        return round;
    }

    /** Until the next is due; as good as for ever where nothing is watched. */
    private long left() {
        long now = System.nanoTime();
        long left = Long.MAX_VALUE;
        for (Beat beat : beats) {
            left = Math.min(left, beat.lookAt - now);
        }
        return left;
    }
}
