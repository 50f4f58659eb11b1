package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run deploys, and what it leaves of that. */
@Timeout(120)
final class ReleasesTest {
    private final Dyno dyno;

    ReleasesTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
        dyno.write("lib/one", "one\n");
        dyno.write(".env", "A=1\n");
    }

    @Test
    void onlyWhatChangesMakesARelease() throws Exception {
        dyno.run("true");
        dyno.run("true");
        dyno.write("lib/one", "two\n");
        assertThat(dyno.run("cat lib/one").out()).isEqualTo("two\n");
        dyno.write(".env", "A=2\nB=3\n");
        assertThat(dyno.run("echo $A$B").out()).isEqualTo("23\n");
        dyno.run("-e", "C=4", "true");

        assertThat(events())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Deploy [0-9a-f]{8} by user .*"),
                        line -> assertThat(line).startsWith("Release v1 created by user "),
                        line -> assertThat(line).matches("Deploy [0-9a-f]{8} by user .*"),
                        line -> assertThat(line).startsWith("Release v2 created by user "),
                        line -> assertThat(line).startsWith("Set A, B config vars by user "),
                        line -> assertThat(line).startsWith("Release v3 created by user "));
    }

    @Test
    void psTellsTheRelease() throws Exception {
        Process process = dyno.start(Map.of(), "run", "echo up; cat");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("up");
            assertThat(dyno.call("ps", "--json").out())
                    .containsPattern(
                            "\"release\": \\{\\s+\"id\": \"[0-9a-f-]{36}\",\\s+\"version\": 1");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDynoKeepsItsSlugHoweverManyFollow() throws Exception {
        Process process = dyno.start(Map.of(), "run", "echo up; read x; cat lib/one");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("up");
            for (int i = 0; i < 4; i++) {
                dyno.write("lib/one", "later " + i + "\n");
                dyno.call(
                        Map.of("DYNO_KEEP_RELEASES", "2", "DYNO_KEEP_RUNS", "1"),
                        new byte[0],
                        "run",
                        "true");
            }
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertThat(out.readLine()).isEqualTo("one");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(list("releases")).containsExactlyInAnyOrder("v4", "v5");
    }

    @Test
    void manyRunsOfAChangedAppMakeOneRelease() throws Exception {
        Callable<Result> run = () -> dyno.run("cat lib/one");
        for (int release = 1; release <= 2; release++) {
            dyno.write("lib/one", "release " + release + "\n");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var each : threads.invokeAll(Collections.nCopies(12, run))) {
                    assertThat(each.get().out())
                            .as(each.get().err())
                            .isEqualTo("release " + release + "\n");
                }
            }
            assertThat(list("releases")).hasSize(release);
        }
    }

    @Test
    void aSlugSomebodyTamperedWithIsMadeAnew() throws Exception {
        dyno.run("true");
        try (Stream<Path> all = Files.walk(dyno.home())) {
            Path stored = all.filter(path -> path.endsWith("lib/one")).findFirst().orElseThrow();
            Files.writeString(stored, "bad\n");
        }

        Result result = dyno.run("cat lib/one");

        assertThat(result.out()).isEqualTo("one\n");
        assertThat(result.err()).contains("Warning: ");
        assertThat(dyno.run("cat lib/one").err()).doesNotContain("Warning");
    }

    @Test
    void aStateOfANewerDynoIsLeftAlone() throws Exception {
        dyno.run("true");
        Files.writeString(dyno.home().resolve("format"), "2\n");

        assertThat(dyno.run("true").status()).isEqualTo(125);
        Result ps = dyno.call("ps");
        assertThat(ps.status()).isEqualTo(1);
        assertThat(ps.err()).contains("was made by a newer dyno (format 2)");
        assertThat(dyno.home().resolve("format")).hasContent("2");
    }

    @Test
    void howManyAreKeptMustBeANumber() throws Exception {
        Result result = dyno.call(Map.of("DYNO_KEEP_RELEASES", "0"), new byte[0], "run", "true");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("DYNO_KEEP_RELEASES is '0'");
    }

    /** What the log says of deploys and releases. */
    private List<String> events() throws Exception {
        return dyno.call("logs")
                .out()
                .lines()
                .filter(line -> line.contains(" app[api]: ") && !line.contains("Starting process"))
                .map(line -> line.replaceFirst("^.*?]: ", ""))
                .toList();
    }

    private List<String> list(String directory) throws Exception {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            try (Stream<Path> all = Files.list(apps.findFirst().orElseThrow().resolve(directory))) {
                return all.map(path -> path.getFileName() + "").toList();
            }
        }
    }
}
