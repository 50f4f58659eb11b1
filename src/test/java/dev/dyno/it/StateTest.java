package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foreign or damaged in the state directory is named and ignored, and nothing breaks. */
final class StateTest {
    private final Dyno dyno;

    StateTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void used() throws Exception {
        dyno.write("Procfile", "web: true\n");
        assertThat(dyno.run("true").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0777, namespaces", "0777, plain", "0000, namespaces", "0277, plain"})
    void whateverTheUmaskOnlyTheUserReadsTheState(String umask, String isolation) throws Exception {
        var own = new Dyno(Files.createDirectory(dyno.home().resolveSibling("umask")), isolation);
        own.write("Procfile", "web: true\n");
        ProcessBuilder bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "umask " + umask + "; exec " + Dyno.launcher() + " run 'umask; ls'")
                        .directory(own.app().toFile());
        bash.environment().putAll(own.environment());
        Process run = bash.redirectError(ProcessBuilder.Redirect.DISCARD).start();

        assertThat(run.inputReader().lines()).containsExactly("0022", "Procfile");
        assertThat(run.waitFor()).isZero();
        String open = "find '" + own.home() + "' -path '*/files/*' -prune -o -perm /077 -print";
        Process find = new ProcessBuilder("bash", "-c", open + " | grep -v '/files$'").start();
        assertThat(find.inputReader().lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes", "run.x", "web.0", "run.1234"})
    void aForeignDirectoryAmongTheDynosIsKept(String name) throws Exception {
        Path foreign = Files.createDirectories(app().resolve("dynos").resolve(name));
        Files.writeString(foreign.resolve("text"), "mine");

        Result ps = dyno.call("ps");

        assertThat(ps.status()).isZero();
        assertThat(ps.out()).isEqualTo("No dynos on app\n");
        assertThat(ps.err()).contains("Warning: " + foreign + " is not dyno's and is ignored");
        assertThat(dyno.run("echo on").out()).isEqualTo("on\n");
        assertThat(foreign.resolve("text")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"touch dynos/run.1234", "ln -s / dynos/run.1234", "mkfifo dynos/run.1234"})
    void aDynoThatIsNoDirectoryIsIgnored(String script) throws Exception {
        dyno.prepare("cd '" + app() + "'; " + script);

        assertThat(dyno.call("ps").err()).contains("dynos/run.1234 is not dyno's and is ignored");
        assertThat(dyno.run("echo on").out()).isEqualTo("on\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkfifo", "mkdir", "ln -s /dev/zero"})
    void aLockThatIsNoFileHoldsNobodyUp(String make) throws Exception {
        dyno.prepare(
                "mkdir '"
                        + app()
                        + "'/dynos/run.1234; "
                        + make
                        + " '"
                        + app()
                        + "'/dynos/run.1234/lock");

        Result ps = dyno.call("ps");

        assertThat(ps.status()).isZero();
        assertThat(ps.err()).contains("run.1234 cannot be swept: ");
        assertThat(dyno.run("echo on").out()).isEqualTo("on\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "name=run.1\npid=x\n", "\u0000\u0000"})
    void aLivingDynosDamagedRecordIsTold(String text) throws Exception {
        Process process = dyno.start(Map.of(), "run", "echo up; cat");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("up");
            Path record = only(app().resolve("dynos")).resolve("dyno");
            Files.writeString(record, text);

            Result ps = dyno.call("ps");

            assertThat(ps.status()).isZero();
            assertThat(ps.err()).contains("Warning: " + record + " is damaged");
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void aFileAmongTheAppsIsIgnored() throws Exception {
        Path foreign = Files.writeString(dyno.home().resolve("apps/README"), "mine");

        assertThat(dyno.call("ps").err()).contains(foreign + " is not dyno's and is ignored");
        assertThat(dyno.run("echo on").out()).isEqualTo("on\n");
        assertThat(foreign).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkfifo isolation",
                "mkdir isolation isolation/x",
                "ln -s /dev/zero isolation",
                "echo rubbish > isolation"
            })
    void whatWasFoundOfTheMachineIsFoundAnew(String script) throws Exception {
        dyno.prepare("cd '" + dyno.home() + "'; rm -f isolation; " + script);

        Result run = dyno.run("echo on");

        assertThat(run.out()).as(run.err()).isEqualTo("on\n");
        assertThat(run.err()).doesNotContain("Warning");
        assertThat(dyno.call("doctor").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkdir run.1.log", "mkfifo run.1.log", "touch notes"})
    void whatIsNoLogIsNamed(String script) throws Exception {
        dyno.prepare("cd '" + app() + "/logs'; " + script);

        Result logs = dyno.call("logs");

        assertThat(logs.status()).isZero();
        assertThat(logs.out()).contains("State changed from up to complete");
        assertThat(logs.err()).contains("is not dyno's and is ignored");
    }

    @Test
    void aDamagedAppFileIsNamed() throws Exception {
        Files.writeString(app().resolve("app"), "rubbish");

        assertThat(dyno.call("ps").err()).contains("/app is damaged");
        assertThat(dyno.run("echo on").out()).isEqualTo("on\n");
    }

    @Test
    void killedDynosDoNotDisturbTheNextRelease() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Process> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Process run = dyno.start(Map.of(), "run", "echo up; sleep 300");
                runs.add(run);
                assertThat(run.inputReader().readLine()).isEqualTo("up");
            }
            for (Process run : runs) {
                run.destroyForcibly().waitFor();
            }
            dyno.write("changed", "round " + round);

            Result run = dyno.run("cat changed");

            assertThat(run.out()).as(run.err()).isEqualTo("round " + round);
        }
    }

    @Test
    void whatAKilledWriterLeftHalfWrittenGoesInTime() throws Exception {
        Path old = Files.writeString(dyno.home().resolve("isolation123.part"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100)));
        Path trim = Files.writeString(app().resolve("logs/web.1.log.part"), "half");
        Files.setLastModifiedTime(trim, FileTime.from(Instant.now().minusSeconds(100)));
        Path fresh = Files.writeString(app().resolve("app.99.part"), "half");

        dyno.call("ps");

        assertThat(old).doesNotExist();
        assertThat(trim).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void aLogThatIsBeingTrimmedIsNothingForeign() throws Exception {
        Path part = Files.writeString(app().resolve("logs/web.1.log.part"), "half");

        assertThat(dyno.call("logs").err()).isEmpty();
        assertThat(part).exists();
    }

    private Path app() throws Exception {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static Path only(Path directory) throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.findFirst().orElseThrow();
        }
    }
}
