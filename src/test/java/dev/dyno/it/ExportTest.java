package dev.dyno.it;

import static dev.dyno.it.TwoMachines.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code export} writes, and where. */
final class ExportTest {
    @TempDir Path directory;
    private TwoMachines machines;

    @BeforeEach
    void twoMachines() throws Exception {
        machines = new TwoMachines(directory);
    }

    @Test
    void valuesOfConfigVarsStayWhereTheyAre() throws Exception {
        machines.one.call("config:set", "SET=secret-that-was-set");
        String name = name(machines.one.run("-e", "OWN=secret-of-its-own", "echo $NAME $SET $OWN"));
        Path file = Path.of(machines.export(name));

        assertThat(unpacked(file)).doesNotContain("secret-of-env", "secret-that", "secret-of-its");
        assertThat(machines.one.call("export", name, "-o", "x").err())
                .contains(
                        "Left out: the values of NAME, OWN, SET; --with-config takes them along.");
        Path some = Path.of(machines.export(name, "--force", "--with-config", "SET,OWN"));
        assertThat(unpacked(some)).contains("secret-that-was-set", "secret-of-its-own");
        assertThat(unpacked(some)).doesNotContain("secret-of-env");
        assertThat(machines.one.call("export", name, "--with-config", "NONE").err())
                .contains("Error: " + name + " has no config var NONE", "It has NAME, OWN, SET.");
    }

    private static String unpacked(Path file) throws Exception {
        Process gzip = new ProcessBuilder("gzip", "-dc", file.toString()).start();
        return new String(gzip.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theSameOneOffMakesTheSameBytes() throws Exception {
        String name = name(machines.one.run("echo x > made; rm file"));
        byte[] first = Files.readAllBytes(Path.of(machines.export(name)));

        assertThat(machines.one.call("export", name, "-o", "-").bytes()).isEqualTo(first);
    }

    @Test
    void isWrittenOverNothing() throws Exception {
        String name = name(machines.one.run("true"));
        machines.one.write(name + ".dyno", "mine");

        assertThat(machines.one.call("export", name).toString())
                .startsWith("status 1\n")
                .contains(name + ".dyno is there already", "--force");
        assertThat(machines.one.app().resolve(name + ".dyno")).hasContent("mine");
        assertThat(machines.one.call("export", name, "--force").status()).isZero();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        machines.one.app().resolve(name + ".dyno"))))
                .isEqualTo("rw-------");
        assertThat(machines.one.call("export", name, "-o", "none/x").err())
                .contains("none/x: No such directory");
        assertThat(machines.one.call("export", "run.1").status()).isEqualTo(2);
    }
}
