package dev.dyno.dyno;

import dev.dyno.limit.Cgroup;
import dev.dyno.limit.MemoryQuota;
import dev.dyno.limit.MemoryQuota.Verdict;
import dev.dyno.limit.MemoryUse;
import dev.dyno.limit.MemoryWatch;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Posix;
import dev.dyno.process.Running;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one dyno may use by its size: memory, watched and logged as R14 and R15, and processes where
 * the machine lets us have a control group (heroku.md 4.3).
 */
public final class Limits implements AutoCloseable {
    /** bubblewrap, the first process of its namespace, and what starts them. */
    private static final int OF_THE_SANDBOX = 4;

    private final Dyno dyno;
    private final @Nullable MemoryQuota quota;
    private final @Nullable Cgroup group;
    private final InstantSource clock;
    private @Nullable MemoryWatch watch;
    private volatile boolean killed;

    private Limits(
            Dyno dyno, @Nullable MemoryQuota quota, @Nullable Cgroup group, InstantSource clock) {
        this.dyno = dyno;
        this.quota = quota;
        this.group = group;
        this.clock = clock;
    }

    public static Limits of(DynoSpec spec, Dyno dyno, InstantSource clock) {
        if (!spec.limited()) {
            return new Limits(dyno, null, null, clock);
        }
        DynoSize size = spec.size();
        var quota = new MemoryQuota(size.memory(), size.killPercent());
        Cgroup group =
                Cgroup.create(dyno.id(), size.processes() + OF_THE_SANDBOX, quota.killAt())
                        .orElse(null);
        return new Limits(dyno, quota, group, clock);
    }

    /** Lets it enter the dyno's control group, where there is one. */
    public Invocation join(Invocation invocation) {
        return group == null ? invocation : group.join(invocation);
    }

    /**
     * Begins to watch what this process starts, whatever has run away from it too; to kill what is
     * returned reaches the whole group.
     */
    public Running watch(Running running) {
        return watch(running, quota -> MemoryUse.below(ProcessHandle.current().pid(), quota));
    }

    /**
     * As {@link #watch(Running)}, of the dyno alone that {@code leader} is the first process of.
     */
    public Running watch(Running running, long leader) {
        return watch(running, quota -> MemoryUse.of(leader, quota));
    }

    private Running watch(Running running, LongFunction<LongSupplier> measure) {
        Running all = group == null ? running : new InGroup(running, group);
        MemoryQuota most = quota;
        if (most != null) {
            watch =
                    MemoryWatch.start(
                            most,
                            used(most, measure),
                            clock,
                            (verdict, bytes) -> say(all, most, verdict, bytes));
        }
        return all;
    }

    private LongSupplier used(MemoryQuota most, LongFunction<LongSupplier> measure) {
        long bytes = most.bytes();
        return Optional.ofNullable(group)
                .flatMap(counted -> counted.usedBeyond(bytes))
                .orElseGet(() -> measure.apply(bytes));
    }

    private void say(Running all, MemoryQuota most, Verdict verdict, long used) {
        boolean kill = verdict == Verdict.VASTLY_EXCEEDED;
        dyno.memory(used, most.bytes(), kill);
        if (kill) {
            killed = true;
            all.kill();
        }
    }

    /** How the dyno ended: killed, where it was for its memory, whatever its program made of it. */
    public Exit exit(Exit exit) {
        return killed ? new Exit.Signalled(Posix.SIGKILL) : exit;
    }

    /** Says what is still to be said of the memory; the group goes once its processes have. */
    @Override
    public void close() {
        long peak = group == null ? 0 : group.peak();
        if (watch != null) {
            watch.close();
            peak = Math.max(peak, watch.peak());
        }
        dyno.usedAtMost(peak);
        if (group != null) {
            group.close();
        }
    }

    private record InGroup(Running running, Cgroup group) implements Running {
        @Override
        public void signal(int signal) {
            running.signal(signal);
        }

        @Override
        public void hangUpIdleShells() {
            running.hangUpIdleShells();
        }

        @Override
        public void kill() {
            group.killAll(); // first, since from here on nobody can start another
            running.kill();
        }

        @Override
        public boolean isYoung() {
            return running.isYoung();
        }

        @Override
        public boolean isGone() {
            return running.isGone();
        }
    }
}
