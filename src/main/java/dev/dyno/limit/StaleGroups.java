package dev.dyno.limit;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** The groups that dyno processes made and, being killed, could not remove. */
final class StaleGroups {
    private StaleGroups() {}

    /** Removes those that are empty, below this process's own groups and beside them. */
    static void sweep() {
        sweep(null);
    }

    /**
     * @param dead the id of a dyno known to be dead, what is left in whose groups is killed
     */
    static void sweep(@Nullable String dead) {
        for (CgroupPlace place : CgroupPlace.here()) {
            sweepAround(place.pids(), dead);
            place.memory()
                    .filter(path -> !path.equals(place.pids()))
                    .ifPresent(path -> sweepAround(path, dead));
        }
    }

    private static void sweepAround(String path, @Nullable String dead) {
        sweep(new CgroupDirectory(path), dead);
        // With cgroup v1 each session has a group of its own, and dyno's groups were below that.
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (new File(parent, "cgroup.procs").exists()) {
            for (CgroupDirectory session : new CgroupDirectory(parent).children()) {
                sweep(session, dead);
            }
        }
    }

    private static void sweep(CgroupDirectory parent, @Nullable String dead) {
        String @Nullable [] names = new File(parent.path()).list();
        if (names == null) {
            return;
        }
        for (String name : names) {
            if (!name.startsWith(Cgroup.PREFIX)) {
                continue;
            }
            var group = new CgroupDirectory(parent.path().concat("/").concat(name));
            if (dead != null && name.startsWith(Cgroup.PREFIX + dead + ".")) {
                group.killAll();
                group.removeNow();
            } else if (!isAlive(name.substring(name.lastIndexOf('.') + 1))) {
                group.removeNow();
            }
        }
    }

    /** Whoever made a group may be about to have a process enter it, so an empty one is not all. */
    private static boolean isAlive(String pid) {
        return new File("/proc", pid).exists();
    }
}
