package dev.dyno.limit;

import java.io.IOException;

/**
 * How the memory of a group is limited and counted, which the two kinds of groups do differently.
 */
sealed interface CgroupMemory {
    /**
     * At {@code bytes} of RAM and swap together the kernel kills.
     *
     * @throws IOException where the group cannot be limited
     */
    void limit(long bytes) throws IOException;

    /**
     * In bytes, without the cache of files, which the kernel takes back when it needs the room, but
     * with files that are nowhere but in memory.
     */
    long used(KernelFile file);

    /** As {@link #used} and the cache of files too, which is cheaper to know. */
    long usedWithCache(KernelFile file);

    /** The most bytes ever used at a time, the cache of files among them; 0 if unknown. */
    long peak(KernelFile file);

    /** How many processes of the group the kernel has killed for want of memory. */
    long oomKills(KernelFile file);

    /**
     * Cgroup v1.
     *
     * @param group its directory
     */
    record Legacy(String group) implements CgroupMemory {
        @Override
        public void limit(long bytes) throws IOException {
            KernelFile.write(group + "/memory.limit_in_bytes", Long.toString(bytes));
            try {
                KernelFile.write(group + "/memory.memsw.limit_in_bytes", Long.toString(bytes));
            } catch (IOException e) {
                // This kernel does not count swap by groups.
            }
        }

        @Override
        public long used(KernelFile file) {
            file.read(group.concat("/memory.stat"));
            return file.valueOf("total_rss ")
                    + file.valueOf("total_shmem ")
                    + file.valueOf("total_swap ");
        }

        @Override
        public long usedWithCache(KernelFile file) {
            if (!file.read(group.concat("/memory.memsw.usage_in_bytes"))) {
                file.read(group.concat("/memory.usage_in_bytes")); // swap is not counted here
            }
            return file.number(0);
        }

        @Override
        public long peak(KernelFile file) {
            if (!file.read(group.concat("/memory.memsw.max_usage_in_bytes"))) {
                file.read(group.concat("/memory.max_usage_in_bytes"));
            }
            return file.number(0);
        }

        @Override
        public long oomKills(KernelFile file) {
            file.read(group.concat("/memory.oom_control"));
            return file.valueOf("oom_kill ");
        }
    }

    /**
     * Cgroup v2.
     *
     * @param group its directory
     */
    record Unified(String group) implements CgroupMemory {
        @Override
        public void limit(long bytes) throws IOException {
            KernelFile.write(group + "/memory.max", Long.toString(bytes));
            try {
                KernelFile.write(group + "/memory.swap.max", "0");
                // All of the dyno, as Heroku does it.
                KernelFile.write(group + "/memory.oom.group", "1");
            } catch (IOException e) {
                // An older kernel, or one without swap.
            }
        }

        @Override
        public long used(KernelFile file) {
            file.read(group.concat("/memory.stat"));
            long resident = file.valueOf("anon ") + file.valueOf("shmem ");
            return resident + swapped(file);
        }

        @Override
        public long usedWithCache(KernelFile file) {
            file.read(group.concat("/memory.current"));
            return file.number(0) + swapped(file);
        }

        @Override
        public long peak(KernelFile file) {
            return file.read(group.concat("/memory.peak")) ? file.number(0) : 0; // from Linux 5.19
        }

        private long swapped(KernelFile file) {
            file.read(group.concat("/memory.swap.current"));
            return file.number(0);
        }

        @Override
        public long oomKills(KernelFile file) {
            file.read(group.concat("/memory.events"));
            return file.valueOf("oom_kill ");
        }
    }
}
