package dev.dyno.limit;

import java.io.File;

/** The groups that dyno processes made and, being killed, could not remove. */
final class StaleGroups {
    private StaleGroups() {}

    /** Removes those that are empty, below this process's own groups and beside them. */
    static void sweep() {
        for (CgroupPlace place : CgroupPlace.here()) {
            sweepAround(place.pids());
            place.memory()
                    .filter(path -> !path.equals(place.pids()))
                    .ifPresent(StaleGroups::sweepAround);
        }
    }

    private static void sweepAround(String path) {
        sweep(new CgroupDirectory(path));
        // With cgroup v1 each session has a group of its own, and dyno's groups were below that.
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (new File(parent, "cgroup.procs").exists()) {
            for (CgroupDirectory session : new CgroupDirectory(parent).children()) {
                sweep(session);
            }
        }
    }

    private static void sweep(CgroupDirectory parent) {
        for (CgroupDirectory group : parent.children()) {
            String name = group.path().substring(group.path().lastIndexOf('/') + 1);
            if (name.startsWith(Cgroup.PREFIX)
                    && !isAlive(name.substring(name.lastIndexOf('.') + 1))) {
                group.removeNow();
            }
        }
    }

    /** Whoever made a group may be about to have a process enter it, so an empty one is not all. */
    private static boolean isAlive(String pid) {
        return new File("/proc", pid).exists();
    }
}
