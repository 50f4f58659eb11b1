package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a real group; where this machine lets us have none there is nothing to try. */
class CgroupTest {
    private static final String ID = "test-" + CgroupTest.class.getSimpleName();
    private static final int PROCESSES = 20;
    private static final long MEMORY = 64L << 20;

    private Optional<Cgroup> made = Optional.empty();

    @BeforeEach
    void make() {
        made = Cgroup.create(ID, PROCESSES, MEMORY);
        assumeTrue(made.isPresent(), "no control group can be had");
    }

    @AfterEach
    void remove() throws IOException {
        made.ifPresent(group -> {
            group.killAll();
            group.close();
        });
        assertThat(groups(ID)).isEmpty();
    }

    @Test
    void thereAreNoMoreProcessesThanAllowed() throws Exception {
        String fork =
                "for (1..100) { $p = fork; last unless defined $p; sleep 99 unless $p; $n++ }";
        try (Program program = in(perl("$| = 1; " + fork + " print $n; print qq(\n); <STDIN>"))) {
            assertThat(program.line()).isEqualTo("" + (PROCESSES - 1));
        }
    }

    @Test
    void aForkBombIsKilledWhole() throws Exception {
        try (Program program = in(perl("print STDERR qq(ready\n); while (1) { fork }"))) {
            assertThat(program.line()).isEqualTo("ready");
            group().killAll();
            assertThat(program.status()).isEqualTo(137);
        }
        group().close();
        assertThat(groups(ID)).isEmpty();
    }

    @Test
    void aForkBombWhoseFirstProcessHasEndedIsKilledToo() throws Exception {
        List<String> bomb = List.of("/bin/bash", "-c", ":() { :|:& }; : 2>/dev/null; echo lit");
        try (Program program = in(bomb)) {
            assertThat(program.line()).isEqualTo("lit");
            group().killAll();
            program.rest();
        }
        group().close();
        assertThat(groups(ID)).isEmpty();
    }

    @Test
    void aGroupOfTheSameNameThatNobodyIsInIsMadeAnew() throws IOException {
        made = Cgroup.create(ID, PROCESSES, MEMORY);
        assertThat(made).isPresent();
    }

    @Test
    void anOrphanInAnotherSessionIsKilledToo() throws Exception {
        String script = "(setsid sh -c 'echo $$; sleep 1000' >/dev/stdout & ); exit 3";
        try (Program program = in(List.of("/bin/sh", "-c", script))) {
            long orphan = Long.parseLong(program.line());
            assertThat(program.status()).isEqualTo(3);
            assertThat(Files.exists(Path.of("/proc/" + orphan))).isTrue();
            group().killAll();
            assertThat(program.rest()).isEmpty();
        }
    }

    @Test
    void memoryIsCounted() throws Exception {
        assertThat(group().used().orElseThrow()).isLessThan(1 << 20);
        try (Program program =
                in(perl("vec($x, 40_000_000, 8) = 1; print STDERR qq(ok\n); <STDIN>"))) {
            assertThat(program.line()).isEqualTo("ok");
            assertThat(group().used().orElseThrow()).isBetween(39_000_000L, 50_000_000L);
            long beyond = usedBeyond(1 << 20);
            assertThat(beyond).isBetween(39_000_000L, 50_000_000L);
        }
        assertThat(group().oomKills()).isZero();
    }

    @Test
    void whoeverUsesFarTooMuchIsKilledAndItIsKnown() throws Exception {
        try (Program program = in(perl("vec($x, 100_000_000, 8) = 1; print qq(still here\n)"))) {
            assertThat(program.status()).isEqualTo(137);
            assertThat(program.rest()).isEmpty();
        }
        assertThat(group().oomKills()).isEqualTo(1);
        assertThat(group().used()).hasValue(MEMORY);
        assertThat(usedBeyond(MEMORY / 2)).isEqualTo(MEMORY);
    }

    private long usedBeyond(long quota) {
        return group().usedBeyond(quota).orElseThrow().getAsLong();
    }

    @Test
    void theCacheOfFilesIsNotTheDynosUse() throws Exception {
        Path big = Files.createTempFile(Path.of("/var/tmp"), "dyno", ".big");
        try {
            String write = "head -c 50000000 /dev/zero >" + big + "; echo ok; read x";
            try (Program program = in(List.of("/bin/sh", "-c", write))) {
                assertThat(program.line()).isEqualTo("ok");
                assertThat(group().used().orElseThrow()).isLessThan(5_000_000);
                assertThat(usedBeyond(5_000_000)).isLessThan(5_000_000);
                assertThat(usedBeyond(100_000_000)).isGreaterThan(50_000_000);
            }
        } finally {
            Files.delete(big);
        }
    }

    @Test
    void aGroupsInnerGroupsGoWithIt() throws Exception {
        for (Path directory : groups(ID)) {
            Files.createDirectories(directory.resolve("inner/most"));
        }
        group().close();
        assertThat(groups(ID)).isEmpty();
    }

    @Test
    void aGroupWithSomebodyInItIsNotRemoved() throws Exception {
        try (Program program = in(List.of("/bin/sh", "-c", "echo ready; read x"))) {
            assertThat(program.line()).isEqualTo("ready");
            group().close();
            assertThat(groups(ID)).isNotEmpty();
        }
    }

    @Test
    void theGroupOfAKilledDynoIsSwept() throws Exception {
        long gone;
        try (Program program = Program.perl("exit")) {
            gone = program.pid();
            program.status();
        }
        var stale = new ArrayList<Path>();
        for (Path directory : groups(ID)) {
            stale.add(directory.resolveSibling("dyno-run.7." + gone));
            stale.add(directory.resolveSibling("other-run.7." + gone));
        }
        try {
            for (Path directory : stale) {
                Files.createDirectory(directory);
            }
            Cgroup.sweep();
            assertThat(groups("run.7")).isEmpty();
            assertThat(groups(ID)).isNotEmpty();
            assertThat(stale.stream().filter(Files::exists)).hasSize(stale.size() / 2);
        } finally {
            for (Path directory : stale) {
                Files.deleteIfExists(directory);
            }
        }
    }

    private Cgroup group() {
        return made.orElseThrow();
    }

    private Program in(List<String> argv) throws IOException {
        Invocation joined =
                group().join(new Invocation(argv, Map.of("PATH", "/usr/bin:/bin"), Path.of("/")));
        return Program.start(joined.argv(), joined.environment());
    }

    private static List<String> perl(String script) {
        return List.of("/usr/bin/perl", "-e", script);
    }

    /** The directories of this id's groups that there are. */
    private static List<Path> groups(String id) throws IOException {
        var found = new ArrayList<Path>();
        for (CgroupPlace place : CgroupPlace.here()) {
            for (String parent : new String[] {place.pids(), place.memory().orElse(place.pids())}) {
                try (var all = Files.newDirectoryStream(Path.of(parent), "dyno-" + id + ".*")) {
                    all.forEach(found::add);
                }
            }
        }
        return found;
    }
}
