package dev.dyno.limit;

import java.io.File;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The processes below one, found by the lists of children the kernel keeps for each thread; where
 * it keeps none, by asking every process for its parent.
 */
final class Descendants {
    private static final int USUAL = 64;
    private static final boolean KEPT = new File("/proc/thread-self/children").exists();

    private final KernelFile file;
    private final boolean kept;
    private long[] pids = new long[USUAL];
    private int count;

    /**
     * @param file to read with
     */
    Descendants(KernelFile file) {
        this(file, KEPT);
    }

    Descendants(KernelFile file, boolean kept) {
        this.file = file;
        this.kept = kept;
    }

    /** Looks for {@code root} and all below it, each once, in no order. */
    void find(long root) {
        count = 0;
        add(root);
        if (kept) {
            // The list grows while it is walked.
            for (int i = 0; i < count; i++) {
                addChildren(pids[i]);
            }
        } else {
            addByParent();
        }
        removeDoubles();
    }

    int count() {
        return count;
    }

    long pid(int place) {
        return pids[place];
    }

    private void addChildren(long pid) {
        String tasks = "/proc/".concat(Long.toString(pid)).concat("/task");
        String @Nullable [] threads = new File(tasks).list();
        if (threads == null) {
            return;
        }
        for (String thread : threads) {
            if (file.read(tasks.concat("/").concat(thread).concat("/children"))) {
                addAll();
            }
        }
    }

    private void addAll() {
        int place = 0;
        while (place < file.length()) {
            long pid = file.number(place);
            if (pid > 0) {
                add(pid);
            }
            while (place < file.length() && file.at(place) != ' ') {
                place++;
            }
            place++;
        }
    }

    /** The slow way, for kernels without CONFIG_PROC_CHILDREN: a process, then its children. */
    private void addByParent() {
        String @Nullable [] all = new File("/proc").list();
        if (all == null) {
            return;
        }
        var some = new long[all.length];
        var parents = new long[all.length];
        int known = 0;
        for (String name : all) {
            if (name.charAt(0) <= '9' && file.read("/proc/".concat(name).concat("/stat"))) {
                some[known] = Long.parseLong(name);
                parents[known++] = parent();
            }
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < known; j++) {
                if (parents[j] == pids[i]) {
                    add(some[j]);
                }
            }
        }
    }

    /** The fourth field of stat; the second, a name in brackets, may hold blanks and brackets. */
    private long parent() {
        int place = file.length() - 1;
        while (place > 0 && file.at(place) != ')') {
            place--;
        }
        return file.number(place + ") S ".length());
    }

    private void add(long pid) {
        if (count == pids.length) {
            pids = Arrays.copyOf(pids, 2 * count);
        }
        pids[count++] = pid;
    }

    /** Who gets another parent during the walk is met twice. */
    private void removeDoubles() {
        Arrays.sort(pids, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || pids[i] != pids[i - 1]) {
                pids[kept++] = pids[i];
            }
        }
        count = kept;
    }
}
