package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupPlaceTest {
    private static final String LEGACY_MOUNTS =
            """
            30 23 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            36 31 0:33 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
            39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;
    private static final String UNIFIED_MOUNTS =
            "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    @Test
    void aHybridMachineGroupsBelowItsOwnGroupOfEachController() {
        String own = "8:pids:/\n4:memory:/jobs/a:b\n1:cpu,cpuacct:/\n0::/\n";
        assertThat(CgroupPlace.find(own, LEGACY_MOUNTS))
                .containsExactly(legacy("/sys/fs/cgroup/pids", "/sys/fs/cgroup/memory/jobs/a:b"));
    }

    @Test
    void aContainerSeesItsGroupAsTheRootOfTheMount() {
        String own = "8:pids:/docker/9f\n4:memory:/docker/9f/inner\n";
        String mounts =
                """
                35 31 0:32 /docker/9f /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
                39 31 0:36 /docker/9f /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
                """;
        assertThat(CgroupPlace.find(own, mounts))
                .containsExactly(legacy("/sys/fs/cgroup/pids", "/sys/fs/cgroup/memory/inner"));
    }

    @Test
    void theUnifiedHierarchyIsTriedFromTheOwnGroupUpwards() {
        String own = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte.scope\n";
        assertThat(CgroupPlace.find(own, UNIFIED_MOUNTS))
                .containsExactly(
                        unified(
                                "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service"
                                        + "/app.slice/vte.scope"),
                        unified(
                                "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service"
                                        + "/app.slice"),
                        unified("/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service"),
                        unified("/sys/fs/cgroup/user.slice/user-1000.slice"),
                        unified("/sys/fs/cgroup/user.slice"),
                        unified("/sys/fs/cgroup"));
        assertThat(CgroupPlace.find("0::/\n", UNIFIED_MOUNTS))
                .containsExactly(unified("/sys/fs/cgroup"));
    }

    @Test
    void aGroupOutsideOfWhatIsMountedCannotBeUsed() {
        String mounts = UNIFIED_MOUNTS.replace(" / /sys", " /elsewhere /sys");
        assertThat(CgroupPlace.find("0::/else\n", mounts)).isEmpty();
        assertThat(CgroupPlace.find("0::/elsewhere2\n", mounts)).isEmpty();
        assertThat(CgroupPlace.find("0::/../beside\n", UNIFIED_MOUNTS)).isEmpty();
        assertThat(CgroupPlace.find("0::/a\n", UNIFIED_MOUNTS.replace("group ", "gr\\040up ")))
                .isEmpty();
        assertThat(CgroupPlace.find("0::/a\n", "")).isEmpty();
        assertThat(CgroupPlace.find("", UNIFIED_MOUNTS)).isEmpty();
    }

    private static CgroupPlace legacy(String pids, String memory) {
        return new CgroupPlace(false, pids, Optional.of(memory));
    }

    private static CgroupPlace unified(String path) {
        return new CgroupPlace(true, path, Optional.of(path));
    }
}
