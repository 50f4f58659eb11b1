package dev.dyno.limit;

import dev.dyno.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A control group of a dyno's own. All its processes are in it, whoever is their parent and
 * whatever their environment says; the kernel lets there be no more of them than allowed, even
 * where they are root's, and kills when they use far too much memory. Only where the machine lets
 * us have one.
 *
 * <p>Its name is {@code dyno-ID.PID}, the number that of the dyno process that made it.
 */
public final class Cgroup implements AutoCloseable {
    static final String PREFIX = "dyno-";

    private final List<CgroupDirectory> directories;
    private final Optional<CgroupMemory> memory;
    private final long memoryLimit;

    private Cgroup(
            List<CgroupDirectory> directories, Optional<CgroupMemory> memory, long memoryLimit) {
        this.directories = directories;
        this.memory = memory;
        this.memoryLimit = memoryLimit;
    }

    /**
     * Makes one, or nothing where none can be had.
     *
     * @param id of the dyno, fit for the name of a file
     * @param processes how many processes and threads there may be, those of the sandbox among them
     * @param memoryLimit in bytes, RAM and swap together; there the kernel kills
     */
    public static Optional<Cgroup> create(String id, int processes, long memoryLimit) {
        if (id.contains("/")) {
            throw new IllegalArgumentException(id);
        }
        String name = PREFIX + id + "." + ProcessHandle.current().pid();
        for (CgroupPlace place : CgroupPlace.here()) {
            if (place.unified() && !controls(place.pids())) {
                continue;
            }
            try {
                return Optional.of(create(place, name, processes, memoryLimit));
            } catch (IOException e) {
                // Not ours to make one there.
            }
        }
        return Optional.empty();
    }

    private static Cgroup create(CgroupPlace place, String name, int processes, long memoryLimit)
            throws IOException {
        var directories = new ArrayList<CgroupDirectory>();
        try {
            String pids = place.pids() + "/" + name;
            directories.add(new CgroupDirectory(pids).make());
            directories.getFirst().write("pids.max", Integer.toString(processes));
            if (place.memory().isEmpty()) {
                return new Cgroup(directories, Optional.empty(), memoryLimit);
            }
            String group = place.memory().get() + "/" + name;
            if (!group.equals(pids)) {
                directories.add(new CgroupDirectory(group).make());
            }
            CgroupMemory memory =
                    place.unified()
                            ? new CgroupMemory.Unified(group)
                            : new CgroupMemory.Legacy(group);
            memory.limit(memoryLimit);
            return new Cgroup(directories, Optional.of(memory), memoryLimit);
        } catch (IOException e) {
            directories.forEach(CgroupDirectory::removeNow);
            throw e;
        }
    }

    /** Whether groups below this one, of cgroup v2, can be limited. */
    private static boolean controls(String directory) {
        var file = new KernelFile();
        file.read(directory + "/cgroup.subtree_control");
        String controllers = " " + file.text().strip() + " ";
        return controllers.contains(" pids ") && controllers.contains(" memory ");
    }

    /**
     * The same program, which enters the group before it begins; if it cannot, it begins anyway.
     */
    public Invocation join(Invocation invocation) {
        var doors = new ArrayList<String>();
        for (CgroupDirectory directory : directories) {
            doors.add(directory.door());
        }
        return Doorway.enter(doors, invocation);
    }

    /**
     * The same program, which enters the groups of a dyno before it begins, where that has some.
     *
     * @param id of the dyno
     * @param member a process of it
     */
    public static Invocation enter(String id, long member, Invocation invocation) {
        var doors = new LinkedHashSet<String>();
        for (CgroupPlace place : CgroupPlace.of(Long.toString(member))) {
            Stream.concat(Stream.of(place.pids()), place.memory().stream())
                    .filter(path -> path.contains("/" + PREFIX + id + "."))
                    .forEach(path -> doors.add(new CgroupDirectory(path).door()));
        }
        return doors.isEmpty() ? invocation : Doorway.enter(List.copyOf(doors), invocation);
    }

    /**
     * The bytes used now; once the kernel has killed for it, the limit at least, so that whoever
     * watches sees R15. Empty where the kernel does not count.
     */
    public OptionalLong used() {
        if (memory.isEmpty()) {
            return OptionalLong.empty();
        }
        var file = new KernelFile();
        return OptionalLong.of(orKilled(memory.get().used(file), file));
    }

    private long orKilled(long used, KernelFile file) {
        boolean killed = memory.orElseThrow().oomKills(file) > 0;
        return killed ? Math.max(used, memoryLimit) : used;
    }

    /**
     * What {@link #used} tells, for who asks often: as long as that is no more than {@code quota}
     * the cache of files counts too. Not for two threads at a time. Empty where the kernel does not
     * count.
     *
     * @param quota in bytes
     */
    public Optional<LongSupplier> usedBeyond(long quota) {
        var file = new KernelFile();
        return memory.map(counted ->
                () -> {
                    long most = counted.usedWithCache(file);
                    return orKilled(most > quota ? counted.used(file) : most, file);
                });
    }

    /** The most bytes ever used at a time, with the cache of files; 0 where nobody counts. */
    public long peak() {
        return memory.isEmpty() ? 0 : memory.get().peak(new KernelFile());
    }

    /** How many of its processes the kernel has killed for want of memory: R15 if any. */
    public long oomKills() {
        return memory.isEmpty() ? 0 : memory.get().oomKills(new KernelFile());
    }

    /** Kills all that is in the group; what is started meanwhile too. */
    public void killAll() {
        directories.getFirst().killAll();
    }

    /** Removes the group. One that still has processes stays, until it is swept. */
    @Override
    public void close() {
        directories.forEach(CgroupDirectory::remove);
    }

    /** Kills what a dead dyno left in its groups, and removes them. */
    public static void sweep(String id) {
        StaleGroups.sweep(id);
    }

    /** Removes the empty groups of dyno processes that are no more. */
    public static void sweep() {
        StaleGroups.sweep();
    }
}
