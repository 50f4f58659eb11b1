package dev.dyno.it;

import static dev.dyno.it.TwoMachines.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} asks for and says, and what is left where it does not come to its end. */
final class ImportTest {
    @TempDir Path directory;
    private TwoMachines machines;

    @BeforeEach
    void twoMachines() throws Exception {
        machines = new TwoMachines(directory);
    }

    @Test
    void aTerminalAsksForTheValuesThatAreMissingAndDoesNotShowThem() throws Exception {
        String name = name(machines.one.run("-e", "OWN=1;MORE=2", "echo $NAME $OWN $MORE"));
        String file = machines.export(name);
        try (var terminal = new ScriptedTerminal(machines.other, 24, 80)) {
            terminal.line("$DYNO import -e MORE=m " + file);
            terminal.awaitText("NAME (not shown): ");
            terminal.line("typed-and-not-shown");
            assertThat(terminal.awaitText("OWN (not shown): ")).doesNotContain("typed");
            terminal.line("");
            terminal.awaitText("Imported " + name + " of app");
            terminal.awaitText("the values of OWN did not come along");
            terminal.awaitText(ScriptedTerminal.PROMPT);
            assertThat(terminal.shell("stty -a")).contains(" echo ");
        }

        assertThat(machines.other.call("rerun", name, "-e", "OWN=o").out())
                .isEqualTo("typed-and-not-shown o m\n");
    }

    @Test
    void valuesThatAreMissingAreAskedForByName() throws Exception {
        String name = name(machines.one.run("-e", "OWN=1", "job"));
        String file = machines.export(name);

        Result taken = machines.other.call("import", file);
        assertThat(taken.status()).isZero();
        assertThat(taken.err())
                .contains(
                        "Warning: the values of NAME, OWN did not come along",
                        "dyno rerun " + name + " -e 'NAME=…;OWN=…'");
        assertThat(machines.other.call("rerun", name, "-e", "OWN=2").toString())
                .startsWith("status 125\nout: \n")
                .contains(name + " was imported without the values of NAME\n");
        assertThat(machines.other.call("rerun", name, "-e", "OWN=2;NAME=n").out())
                .isEqualTo("hello\nn 2\n");

        Result given = machines.other.call("import", file, "-e", "NAME=a;OWN=b");
        String second = given.out().strip().replaceAll(".* as ", "");
        assertThat(given.err()).isEmpty();
        assertThat(second).isNotEqualTo(name).matches("run\\.[0-9]{4}");
        assertThat(machines.other.call("rerun", second).out()).isEqualTo("hello\na b\n");
        assertThat(machines.other.call("import", file, "-e", "NAMES=a").err())
                .contains("no value of NAMES is missing", "Missing are NAME, OWN.");
    }

    @Test
    void whatIsNoneIsRefused() throws Exception {
        machines.other.write("x.dyno", "hello\n");

        assertThat(machines.other.call("import", "x.dyno").toString())
                .startsWith("status 1\nout: \n")
                .contains("x.dyno holds no one-off dyno");
        assertThat(machines.other.call("import", "y.dyno").err()).contains("there is no file");
        assertThat(machines.other.call("import").status()).isEqualTo(2);
        machines.other.prepare("mkfifo pipe");
        assertThat(machines.other.call("import", "pipe").err()).contains("pipe is no file");
    }

    @Test
    void anImportThatWasKilledLeavesNothing() throws Exception {
        byte[] much = new byte[40_000_000];
        new Random(1).nextBytes(much);
        Files.write(machines.one.app().resolve("much"), much);
        String name = name(machines.one.run("true"));
        Process killed =
                machines.other.start(Map.of(), "import", machines.export(name, "--with-config"));
        while (unpacking().isEmpty()) {
            assertThat(killed.isAlive()).isTrue();
        }
        killed.destroyForcibly().waitFor();
        machines.other.call("runs");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!unpacking().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline); // removed in the background
        }
    }

    @Test
    void anImportThatWasKilledAsItBeganLeavesNothing() throws Exception {
        String file = machines.export(name(machines.one.run("true")), "--with-config");
        machines.other.call("import", file);
        try (Stream<Path> apps = Files.list(machines.other.home().resolve("apps"))) {
            Path imports = apps.findFirst().orElseThrow().resolve("imports");
            Process killed = new ProcessBuilder("true").start();
            killed.waitFor();
            Files.createDirectory(imports.resolve(".new-" + killed.pid() + "-1"));
            long alive = ProcessHandle.current().pid();
            Path begun = Files.createDirectory(imports.resolve(".new-" + alive + "-1"));

            machines.other.call("runs");
            assertThat(unpacking()).containsExactly(begun);
        }
    }

    /** The directories of imports there are. */
    private List<Path> unpacking() throws IOException {
        try (Stream<Path> all =
                Files.find(
                        machines.other.home().resolve("apps"),
                        3,
                        (path, _) -> (path + "").contains("/imports/.new-"))) {
            return all.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
