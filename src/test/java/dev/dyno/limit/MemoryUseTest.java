package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** Each says ready once it holds its 40 MB, and goes when the pipe to all of them is closed. */
    private static final String HOLD =
            "vec($x, 40_000_000, 8) = 1; print qq(ready\n); <STDIN>; exit; ";

    private static final String ADOPT_ORPHANS =
            "syscall(qx(uname -m) =~ /x86/ ? 157 : 167, 36, 1, 0, 0, 0); ";

    @BeforeAll
    static void onLinuxWithPerl() {
        assumeTrue(Files.exists(Path.of("/proc/self/statm")));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")));
    }

    @Test
    void aProcessCountsWithItsChildrenAndTheirs() throws Exception {
        String script = "unless (fork) { unless (fork) { " + HOLD + "} " + HOLD + "} " + HOLD;
        try (Program family = ready(3, script)) {
            assertThat(MemoryUse.of(family.pid(), UNLIMITED).getAsLong())
                    .isBetween(120_000_000L, 160_000_000L);
            assertThat(MemoryUse.below(family.pid(), UNLIMITED).getAsLong())
                    .isBetween(80_000_000L, 110_000_000L);
        }
    }

    @Test
    void anOrphanAdoptedInTheTreeCounts() throws Exception {
        // The one in the middle ends at once.
        String script =
                ADOPT_ORPHANS
                        + "unless (fork) { unless (fork) { "
                        + HOLD
                        + "} exit } wait; "
                        + HOLD;
        try (Program family = ready(2, script)) {
            assertThat(MemoryUse.of(family.pid(), UNLIMITED).getAsLong())
                    .isBetween(80_000_000L, 110_000_000L);
        }
    }

    @Test
    void whatProcessesShareCountsOnceWhenItMatters() throws Exception {
        String script =
                "vec($x, 40_000_000, 8) = 1;"
                        + " for (1..3) { unless (fork) { print qq(ready\n); <STDIN>; exit } }"
                        + " print qq(ready\n); <STDIN>;";
        try (Program family = ready(4, script)) {
            assertThat(MemoryUse.of(family.pid(), UNLIMITED).getAsLong())
                    .isGreaterThan(160_000_000L);
            assertThat(MemoryUse.of(family.pid(), 100 * MEGABYTE).getAsLong())
                    .isBetween(40_000_000L, 60_000_000L);
        }
    }

    @Test
    void whoIsGoneUsesNothing() throws Exception {
        long gone;
        try (Program program = Program.perl("exit")) {
            gone = program.pid();
            program.status();
        }
        assertThat(MemoryUse.of(gone, 0).getAsLong()).isZero();
        assertThat(MemoryUse.below(gone, 0).getAsLong()).isZero();
    }

    @Test
    void aTreeThatChangesAllTheTimeCanBeMeasured() throws Exception {
        String script =
                "print qq(ready\n); while (1) { for (1..3) { fork or exit } wait for 1..3 }";
        try (Program family = ready(1, script)) {
            MemoryUse use = MemoryUse.of(family.pid(), MEGABYTE);
            for (int i = 0; i < 500; i++) {
                assertThat(use.getAsLong()).isBetween(MEGABYTE / 2, 100 * MEGABYTE);
            }
        }
    }

    @Test
    void aKernelThatKeepsNoListsOfChildrenIsAskedForParents() throws Exception {
        String wait = "print qq(ready\n); <STDIN>; exit; ";
        String script =
                "$0 = ') S 1 (';"
                        + (" for (1..100) { unless (fork) { " + wait + "} }")
                        + (" unless (fork) { unless (fork) { " + wait + "} " + wait + "} ")
                        + wait;
        try (Program family = ready(103, script)) {
            List<Long> byLists = find(new Descendants(new KernelFile()), family.pid());
            List<Long> byParents = find(new Descendants(new KernelFile(), false), family.pid());
            assertThat(byLists).hasSize(103).contains(family.pid()).doesNotHaveDuplicates();
            assertThat(byParents).isEqualTo(byLists);
        }
    }

    private static Program ready(int processes, String script) throws Exception {
        Program program = Program.perl(script);
        for (int i = 0; i < processes; i++) {
            assertThat(program.line()).isEqualTo("ready");
        }
        return program;
    }

    private static List<Long> find(Descendants tree, long root) {
        tree.find(root);
        var pids = new ArrayList<Long>();
        for (int i = 0; i < tree.count(); i++) {
            pids.add(tree.pid(i));
        }
        return pids;
    }
}
