package dev.dyno.limit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * The memory of a tree of processes, in bytes, measured anew each time it is asked for. The cheap
 * measure counts a page once for each process that shares it, which can be twice too much
 * (sandbox.md 3); so only what that finds beyond the quota is measured exactly. Swapped-out memory
 * counts in the exact measure only. Not for two threads at a time.
 */
public final class MemoryUse implements LongSupplier {
    private static final long KILOBYTE = 1024;
    private static final int PAGE_SIZE_KEY = 6;
    private static final long PAGE = pageSize();

    private final long root;
    private final boolean withRoot;
    private final long quota;
    private final KernelFile file = new KernelFile();
    private final Descendants tree = new Descendants(file);

    private MemoryUse(long root, boolean withRoot, long quota) {
        this.root = root;
        this.withRoot = withRoot;
        this.quota = quota;
    }

    /**
     * Of a process and all below it.
     *
     * @param quota in bytes, up to which the cheap measure will do
     */
    public static MemoryUse of(long pid, long quota) {
        return new MemoryUse(pid, true, quota);
    }

    /** Of all that is below a process, such as dyno's own, which has adopted the orphans. */
    public static MemoryUse below(long pid, long quota) {
        return new MemoryUse(pid, false, quota);
    }

    /** 0 where none of them is alive. */
    @Override
    public long getAsLong() {
        tree.find(root);
        long bytes = sum(false);
        return bytes > quota ? sum(true) : bytes;
    }

    private long sum(boolean exactly) {
        long bytes = 0;
        for (int i = 0; i < tree.count(); i++) {
            long pid = tree.pid(i);
            if (withRoot || pid != root) {
                bytes += exactly ? proportional(pid) : resident(pid);
            }
        }
        return bytes;
    }

    private long resident(long pid) {
        if (!file.read("/proc/".concat(Long.toString(pid)).concat("/statm"))) {
            return 0;
        }
        int place = 0;
        while (place < file.length() && file.at(place) != ' ') {
            place++;
        }
        return file.number(place) * PAGE;
    }

    /** Each shared page by its part; what another user runs is not shown to us in such detail. */
    private long proportional(long pid) {
        if (!file.read("/proc/".concat(Long.toString(pid)).concat("/smaps_rollup"))) {
            return resident(pid);
        }
        return (file.valueOf("Pss:") + file.valueOf("SwapPss:")) * KILOBYTE;
    }

    /** As the kernel told this program when it started it: pairs of numbers, a key and a value. */
    private static long pageSize() {
        var file = new KernelFile();
        if (file.read("/proc/self/auxv")) {
            ByteBuffer pairs =
                    ByteBuffer.wrap(file.text().getBytes(StandardCharsets.ISO_8859_1))
                            .order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 2 * Long.BYTES) {
                long key = pairs.getLong();
                long value = pairs.getLong();
                if (key == PAGE_SIZE_KEY) {
                    return value;
                }
            }
        }
        return 4096;
    }
}
