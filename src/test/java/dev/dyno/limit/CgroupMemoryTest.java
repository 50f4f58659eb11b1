package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read and written, on files that look like the kernel's. */
class CgroupMemoryTest {
    private final KernelFile file = new KernelFile();

    @TempDir private Path group;

    @Test
    void aLegacyGroupIsCountedWithoutTheCacheOfFiles() throws IOException {
        Files.writeString(
                group.resolve("memory.stat"),
                """
                cache 5000
                rss 1
                total_cache 7000
                total_rss 300
                total_rss_huge 200
                total_shmem 20
                total_swap 4
                """);
        Files.writeString(
                group.resolve("memory.oom_control"),
                "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        var memory = new CgroupMemory.Legacy(group.toString());
        assertThat(memory.used(file)).isEqualTo(324);
        Files.writeString(group.resolve("memory.usage_in_bytes"), "7320\n");
        assertThat(memory.usedWithCache(file)).isEqualTo(7320);
        Files.writeString(group.resolve("memory.memsw.usage_in_bytes"), "7324\n");
        assertThat(memory.usedWithCache(file)).isEqualTo(7324);
        assertThat(memory.oomKills(file)).isEqualTo(3);
        memory.limit(1 << 30);
        assertThat(group.resolve("memory.limit_in_bytes")).hasContent("1073741824");
        assertThat(group.resolve("memory.memsw.limit_in_bytes")).hasContent("1073741824");
    }

    @Test
    void aUnifiedGroupIsCountedWithoutTheCacheOfFiles() throws IOException {
        Files.writeString(
                group.resolve("memory.stat"),
                "anon 300\nfile 7000\nshmem 20\nfile_mapped 9\nanon_thp 200\n");
        Files.writeString(group.resolve("memory.swap.current"), "4\n");
        Files.writeString(
                group.resolve("memory.events"),
                "low 0\nhigh 0\nmax 5\noom 2\noom_kill 1\noom_group_kill 0\n");
        var memory = new CgroupMemory.Unified(group.toString());
        assertThat(memory.used(file)).isEqualTo(324);
        Files.writeString(group.resolve("memory.current"), "7320\n");
        assertThat(memory.usedWithCache(file)).isEqualTo(7324);
        assertThat(memory.oomKills(file)).isEqualTo(1);
        memory.limit(1 << 30);
        assertThat(group.resolve("memory.max")).hasContent("1073741824");
        assertThat(group.resolve("memory.swap.max")).hasContent("0");
        assertThat(group.resolve("memory.oom.group")).hasContent("1");
    }

    @Test
    void aGroupThatIsGoneUsesNothingAndCannotBeLimited() {
        String gone = group.resolve("gone").toString();
        for (CgroupMemory memory :
                new CgroupMemory[] {
                    new CgroupMemory.Legacy(gone), new CgroupMemory.Unified(gone)
                }) {
            assertThat(memory.used(file)).isZero();
            assertThat(memory.usedWithCache(file)).isZero();
            assertThat(memory.oomKills(file)).isZero();
            assertThatThrownBy(() -> memory.limit(1)).isInstanceOf(IOException.class);
        }
    }
}
