package dev.dyno.limit;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One directory of the kernel's hierarchies of groups. What stands in it are the kernel's files,
 * which need no removal, and groups that programs of the dyno have made.
 *
 * @param path absolute
 */
record CgroupDirectory(String path) {
    private static final int KILL_ROUNDS = 500;
    private static final int REMOVE_ROUNDS = 100;
    private static final long TICK_NANOS = 2_000_000;

    /**
     * An empty one of that name is made anew: its maker is dead and its process id used again.
     *
     * @throws IOException where it may not be made
     */
    CgroupDirectory make() throws IOException {
        var directory = new File(path);
        if (!directory.mkdir() && !(removeNow() && directory.mkdir())) {
            throw new IOException("cannot make " + path);
        }
        return this;
    }

    void write(String file, String order) throws IOException {
        KernelFile.write(path.concat("/").concat(file), order);
    }

    /**
     * Where a process of one thread writes a 0 to enter the group. With cgroup v1 that is {@code
     * tasks}: {@code cgroup.procs} would have it wait for all processors, some 15 ms.
     */
    String door() {
        String tasks = path.concat("/tasks");
        return new File(tasks).exists() ? tasks : members();
    }

    private String members() {
        return path.concat("/cgroup.procs");
    }

    /** Kills all that is in the group or below; what is started meanwhile too. */
    void killAll() {
        try {
            write("cgroup.kill", "1"); // cgroup v2 since Linux 5.14
        } catch (IOException e) {
            killEach();
        }
    }

    private void killEach() {
        try {
            write("pids.max", "0"); // from here on they can only become fewer
        } catch (IOException e) {
            // The group is gone, and they with it.
        }
        var file = new KernelFile();
        for (int round = 0; round < KILL_ROUNDS; round++) {
            boolean empty = true;
            for (CgroupDirectory group : bottomUp()) {
                if (file.read(group.members()) && file.length() > 0) {
                    empty = false;
                    for (String pid : file.text().strip().split("\n", -1)) {
                        kill(Long.parseLong(pid));
                    }
                }
            }
            if (empty) {
                return;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private static void kill(long pid) {
        // 0 stands for a process of another namespace, which cannot be named here.
        if (pid > 0) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Removes it, waiting a moment for the kernel to let go of the processes that have ended. */
    void remove() {
        for (int round = 0; round < REMOVE_ROUNDS && !removeNow(); round++) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** False where there is still something alive in it. */
    boolean removeNow() {
        var directory = new File(path);
        if (directory.delete() || !directory.exists()) {
            return true;
        }
        boolean gone = false;
        for (CgroupDirectory group : bottomUp()) {
            gone = new File(group.path).delete();
        }
        return gone;
    }

    /** The groups in it, at any depth, and at last itself. */
    private List<CgroupDirectory> bottomUp() {
        var groups = new ArrayList<CgroupDirectory>();
        for (CgroupDirectory child : children()) {
            groups.addAll(child.bottomUp());
        }
        groups.add(this);
        return groups;
    }

    /** The groups directly in it. */
    List<CgroupDirectory> children() {
        var groups = new ArrayList<CgroupDirectory>();
        String @Nullable [] names = new File(path).list();
        if (names != null) {
            for (String name : names) {
                String child = path.concat("/").concat(name);
                if (new File(child).isDirectory()) {
                    groups.add(new CgroupDirectory(child));
                }
            }
        }
        return groups;
    }
}
