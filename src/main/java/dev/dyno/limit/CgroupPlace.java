package dev.dyno.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a group of processes might be made: below this process's own groups, so that the limits
 * dyno itself lives under go on to hold. Directories are absolute, without a slash at the end.
 *
 * @param unified cgroup v2: one hierarchy with all controllers
 * @param pids the directory that is to be the parent
 * @param memory likewise for memory: the same with v2, where that is unified; empty where the
 *     kernel does not count memory by groups
 */
record CgroupPlace(boolean unified, String pids, Optional<String> memory) {
    /** Of this process, best first; none off Linux or where nothing is mounted. */
    static List<CgroupPlace> here() {
        return of("self");
    }

    /** Of any process: the groups it is in, or those above them. */
    static List<CgroupPlace> of(String process) {
        var file = new KernelFile();
        String own = file.read("/proc/" + process + "/cgroup") ? file.text() : "";
        String mounts = file.read("/proc/self/mountinfo") ? file.text() : "";
        return find(own, mounts);
    }

    /**
     * @param own the text of {@code /proc/self/cgroup}: number:controllers:path
     * @param mounts the text of {@code /proc/self/mountinfo}
     */
    static List<CgroupPlace> find(String own, String mounts) {
        var places = new ArrayList<CgroupPlace>();
        Optional<Mounted> pids = Mounted.find("pids", own, mounts);
        if (pids.isPresent()) {
            // A hybrid machine gives each controller to one of both kinds, and it is this.
            Optional<String> memory = Mounted.find("memory", own, mounts).map(Mounted::directory);
            places.add(new CgroupPlace(false, pids.get().directory, memory));
            return places;
        }
        Optional<Mounted> unified = Mounted.find("", own, mounts);
        if (unified.isPresent()) {
            // Groups with processes in them have no limited children: so it is one further up.
            String mount = unified.get().mount;
            String at = unified.get().directory;
            while (at.length() > mount.length()) {
                places.add(new CgroupPlace(true, at, Optional.of(at)));
                at = at.substring(0, at.lastIndexOf('/'));
            }
            places.add(new CgroupPlace(true, mount, Optional.of(mount)));
        }
        return places;
    }

    /**
     * This process's own group in a mounted hierarchy.
     *
     * @param directory below {@code mount}, or the same
     */
    private record Mounted(String mount, String directory) {
        /**
         * @param controller empty for cgroup v2
         */
        static Optional<Mounted> find(String controller, String own, String mounts) {
            String group = ownGroup(controller, own);
            String type = controller.isEmpty() ? " - cgroup2 " : " - cgroup ";
            for (String line : mounts.split("\n", -1)) {
                int end = line.indexOf(type);
                if (end >= 0
                        && !group.isEmpty()
                        && (controller.isEmpty() || has(line, controller))) {
                    String[] words = line.substring(0, end).split(" ", -1);
                    String root = words[3].equals("/") ? "" : words[3];
                    String mount = words[4];
                    boolean below = group.equals(root) || group.startsWith(root.concat("/"));
                    // A backslash begins an escape, which no machine needs here.
                    if (below && !mount.contains("\\") && !group.contains("/..")) {
                        String rest = group.substring(root.length());
                        return Optional.of(
                                new Mounted(mount, rest.equals("/") ? mount : mount.concat(rest)));
                    }
                }
            }
            return Optional.empty();
        }

        private static String ownGroup(String controller, String own) {
            for (String line : own.split("\n", -1)) {
                int first = line.indexOf(':');
                int second = line.indexOf(':', first + 1);
                if (second > 0 && isIn(line.substring(first + 1, second), controller)) {
                    return line.substring(second + 1);
                }
            }
            return "";
        }

        private static boolean has(String line, String controller) {
            return isIn(line.substring(line.lastIndexOf(' ') + 1), controller);
        }

        private static boolean isIn(String list, String word) {
            return ",".concat(list).concat(",").contains(",".concat(word).concat(","));
        }
    }
}
