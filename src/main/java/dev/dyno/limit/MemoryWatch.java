package dev.dyno.limit;

import dev.dyno.limit.MemoryQuota.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * Looks at a dyno's memory about once a second and says when there is too much of it. After R15 it
 * has nothing more to say.
 */
public final class MemoryWatch implements AutoCloseable {
    private final MemoryQuota quota;
    private final LongSupplier used;
    private final InstantSource clock;
    private final ObjLongConsumer<Verdict> listener;
    private Instant said = MemoryQuota.NEVER;
    private boolean done;
    private volatile long peak;

    MemoryWatch(
            MemoryQuota quota,
            LongSupplier used,
            InstantSource clock,
            ObjLongConsumer<Verdict> listener) {
        this.quota = quota;
        this.used = used;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * @param used the memory in bytes: a {@link MemoryUse}, or what a {@link Cgroup} counts
     * @param listener told of R14 and of R15 and of the bytes used, in the thread that watches all
     *     dynos or in that which closes it; to kill the dyno after R15 is its task
     */
    public static MemoryWatch start(
            MemoryQuota quota,
            LongSupplier used,
            InstantSource clock,
            ObjLongConsumer<Verdict> listener) {
        var watch = new MemoryWatch(quota, used, clock, listener);
        Patrol.OF_THIS_PROCESS.add(watch);
        return watch;
    }

    /** The most that was ever seen, in bytes; 0 in a run too short to be looked at. */
    public long peak() {
        return peak;
    }

    /** One look; R15 takes a second one, since a process counts twice while it starts another. */
    synchronized void look() {
        if (done) {
            return;
        }
        Instant now = clock.instant();
        long bytes = used.getAsLong();
        if (bytes >= quota.killAt()) {
            bytes = Math.min(bytes, used.getAsLong());
        }
        peak = Math.max(peak, bytes);
        Verdict verdict = quota.verdict(bytes, said, now);
        switch (verdict) {
            case SILENT -> {}
            case EXCEEDED -> {
                said = now;
                listener.accept(verdict, bytes);
            }
            case VASTLY_EXCEEDED -> {
                done = true;
                listener.accept(verdict, bytes);
            }
        }
    }

    /**
     * Ends it. What the watch is just saying is said first, and so is the R15 of a dyno that the
     * kernel has killed between two looks: thus it stands in the log before the dyno's end.
     */
    @Override
    public void close() {
        Patrol.OF_THIS_PROCESS.remove(this);
        synchronized (this) {
            if (!done && used.getAsLong() >= quota.killAt()) {
                look();
            }
            done = true;
        }
    }
}
