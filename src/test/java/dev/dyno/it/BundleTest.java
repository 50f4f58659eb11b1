package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A one-off goes to another machine and is run again there: {@code export}, {@code import}. */
class BundleTest {
    @TempDir Path directory;
    private Dyno one;
    private Dyno other;

    @BeforeEach
    void twoMachines() throws Exception {
        machines(null);
    }

    private void machines(@org.jspecify.annotations.Nullable String isolation) throws IOException {
        Path here = Files.createDirectories(directory.resolve("one"));
        Path there = Files.createDirectories(directory.resolve("other"));
        one = isolation == null ? new Dyno(here) : new Dyno(here, isolation);
        other = isolation == null ? new Dyno(there) : new Dyno(there, isolation);
        one.write("Procfile", "job: cat file; echo $NAME $OWN\n");
        one.write("file", "hello\n");
        one.write(".env", "NAME=secret-of-env\n");
        other.write("Procfile", "job: echo another\n");
    }

    private static String name(Result run) {
        String err = run.err();
        return err.substring(err.lastIndexOf("up, ") + 4).lines().findFirst().orElseThrow();
    }

    /** Exports it to a file that both can name. */
    private String export(String name, String... more) throws Exception {
        Path file = directory.toRealPath().resolve(name + ".dyno");
        String[] words = {"export", name, "-o", file.toString()};
        Result export = one.call(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
        assertThat(export.status()).as(export.err()).isZero();
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void runsThereWithTheFilesAndTheConfigItHad(String isolation) throws Exception {
        machines(isolation);
        String name = name(one.run("-e", "OWN=1", "-s", "basic", "job"));
        String file = export(name, "--with-config");
        one.write("file", "changed\n");

        Result taken = other.call("import", file);
        assertThat(taken.toString())
                .isEqualTo("status 0\nout: Imported " + name + " of app\n\nerr: ");
        Result again = other.call("rerun", name);
        assertThat(again.out()).isEqualTo("hello\nsecret-of-env 1\n");
        assertThat(other.call("rerun", name(again)).out()).isEqualTo("hello\nsecret-of-env 1\n");
        assertThat(other.call("runs:info", name).out())
                .contains("Size:        Basic\n", "Isolation:   " + isolation + "\n")
                .doesNotContain("Release:", "secret");
        assertThat(other.call("rerun", name, "--on", "current").out()).isEqualTo("another\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void whatItChangedIsToldThere(String isolation) throws Exception {
        machines(isolation);
        one.write("old/a", "a\n");
        one.write("old/b", "b\n");
        String command =
                "rm file; rm -r old; mkdir old; echo c > old/c; echo more >> Procfile;"
                        + " chmod 700 Procfile";
        for (String each : new String[] {command, "true"}) {
            String name = name(one.run(each));
            String told = one.call("diff", name, "--patch").out();
            assertThat(other.call("import", export(name, "--with-config")).status()).isZero();

            assertThat(other.call("diff", name, "--patch").toString())
                    .isEqualTo("status 0\nout: " + told + "\nerr: ");
            assertThat(told.contains("deleted file mode")).isEqualTo(each.equals(command));
        }
    }

    @Test
    void whatItsTerminalShowedIsReplayedThere() throws Exception {
        try (var terminal = new ScriptedTerminal(one, 24, 80)) {
            terminal.line("$DYNO run --record 'cat file; echo $((6 * 7))'");
            terminal.awaitText("42");
            terminal.awaitText(ScriptedTerminal.PROMPT);
        }
        String name = one.call("runs").out().replaceAll("(?s).*(run\\.[0-9]{4}).*", "$1");
        other.call("import", export(name, "--with-config"));

        assertThat(other.call("replay", name, "--dump").out())
                .isEqualTo(one.call("replay", name, "--dump").out())
                .contains("hello\n42");
    }

    @Test
    void aTerminalAsksForTheValuesThatAreMissingAndDoesNotShowThem() throws Exception {
        String name = name(one.run("-e", "OWN=1;MORE=2", "echo $NAME $OWN $MORE"));
        String file = export(name);
        try (var terminal = new ScriptedTerminal(other, 24, 80)) {
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

        assertThat(other.call("rerun", name, "-e", "OWN=o").out())
                .isEqualTo("typed-and-not-shown o m\n");
    }

    @Test
    void anImportThatWasKilledLeavesNothing() throws Exception {
        byte[] much = new byte[40_000_000];
        new Random(1).nextBytes(much);
        Files.write(one.app().resolve("much"), much);
        String name = name(one.run("true"));
        Process killed = other.start(Map.of(), "import", export(name, "--with-config"));
        while (unpacking().isEmpty()) {
            assertThat(killed.isAlive()).isTrue();
        }
        killed.destroyForcibly().waitFor();
        other.call("runs");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!unpacking().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline); // removed in the background
        }
    }

    /** The directories of imports there are. */
    private List<Path> unpacking() throws IOException {
        try (Stream<Path> all =
                Files.find(
                        other.home().resolve("apps"),
                        3,
                        (path, _) -> (path + "").contains("/imports/.new-"))) {
            return all.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Test
    void whatItLeavesIsKeptAndOpenedThere() throws Exception {
        String name = name(one.run("cat file > made"));
        other.call("import", export(name, "--with-config"));

        String kept = name(other.call("rerun", name, "--keep"));
        assertThat(other.call("run:inside", kept, "cat made").out()).isEqualTo("hello\n");
        assertThat(other.call("runs:info", name(other.call("rerun", kept))).out())
                .doesNotContain("Release:");
    }

    @Test
    void valuesOfConfigVarsStayWhereTheyAre() throws Exception {
        one.call("config:set", "SET=secret-that-was-set");
        String name = name(one.run("-e", "OWN=secret-of-its-own", "echo $NAME $SET $OWN"));
        Path file = Path.of(export(name));

        assertThat(unpacked(file)).doesNotContain("secret-of-env", "secret-that", "secret-of-its");
        assertThat(one.call("export", name, "-o", "x").err())
                .contains(
                        "Left out: the values of NAME, OWN, SET; --with-config takes them along.");
        Path some = Path.of(export(name, "--force", "--with-config", "SET,OWN"));
        assertThat(unpacked(some)).contains("secret-that-was-set", "secret-of-its-own");
        assertThat(unpacked(some)).doesNotContain("secret-of-env");
        assertThat(one.call("export", name, "--with-config", "NONE").err())
                .contains("Error: " + name + " has no config var NONE", "It has NAME, OWN, SET.");
    }

    private static String unpacked(Path file) throws Exception {
        Process gzip = new ProcessBuilder("gzip", "-dc", file.toString()).start();
        return new String(gzip.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void valuesThatAreMissingAreAskedForByName() throws Exception {
        String name = name(one.run("-e", "OWN=1", "job"));
        String file = export(name);

        Result taken = other.call("import", file);
        assertThat(taken.status()).isZero();
        assertThat(taken.err())
                .contains(
                        "Warning: the values of NAME, OWN did not come along",
                        "dyno rerun " + name + " -e 'NAME=…;OWN=…'");
        assertThat(other.call("rerun", name, "-e", "OWN=2").toString())
                .startsWith("status 125\nout: \n")
                .contains(name + " was imported without the values of NAME\n");
        assertThat(other.call("rerun", name, "-e", "OWN=2;NAME=n").out()).isEqualTo("hello\nn 2\n");

        Result given = other.call("import", file, "-e", "NAME=a;OWN=b");
        String second = given.out().strip().replaceAll(".* as ", "");
        assertThat(given.err()).isEmpty();
        assertThat(second).isNotEqualTo(name).matches("run\\.[0-9]{4}");
        assertThat(other.call("rerun", second).out()).isEqualTo("hello\na b\n");
        assertThat(other.call("import", file, "-e", "NAMES=a").err())
                .contains("no value of NAMES is missing", "Missing are NAME, OWN.");
    }

    @Test
    void itsLogIsAmongTheLogs() throws Exception {
        String name = name(one.run("exit 3"));
        String file = export(name, "--with-config");
        other.call("import", file);
        String second = other.call("import", file).out().strip().replaceAll(".* as ", "");

        assertThat(other.call("logs", "-d", name).out())
                .contains("[" + name + "]: Process exited with status 3");
        assertThat(other.call("logs", "-d", second).out())
                .contains("[" + second + "]: Process exited with status 3")
                .doesNotContain("[" + name + "]");
        assertThat(other.call("runs", "--status", "3").out()).contains(name, second);
    }

    @Test
    void itsFilesAreKeptForAsLongAsItIsRemembered() throws Exception {
        String name = name(one.run("job"));
        other.call("import", export(name, "--with-config"));
        Map<String, String> few = Map.of("DYNO_KEEP_RUNS", "1", "DYNO_KEEP_RELEASES", "1");
        other.write("file", "of the other\n");
        other.call(few, new byte[0], "releases");
        other.run("true");

        assertThat(other.call("rerun", name).out()).isEqualTo("hello\nsecret-of-env\n");
        assertThat(other.call("runs:rm", name).status()).isZero();
        other.write("file", "of the other, changed\n");
        other.call(few, new byte[0], "run", "true");
        assertThat(other.call("rerun", name).err()).contains("Couldn't find that dyno.");
    }

    @Test
    void whatItsUserMayNotReadIsLeftOutAndTheRestArrives() throws Exception {
        String name = name(one.run("echo a > a; echo b > b; chmod 000 b; mkfifo c; chmod 555 ."));

        assertThat(other.call("import", export(name)).toString()).startsWith("status 0\n");
        assertThat(other.call("diff", name).out()).contains("A  a  2 B\n");
    }

    @Test
    void theSameOneOffMakesTheSameBytes() throws Exception {
        String name = name(one.run("echo x > made; rm file"));
        byte[] first = Files.readAllBytes(Path.of(export(name)));

        assertThat(one.call("export", name, "-o", "-").bytes()).isEqualTo(first);
    }

    @Test
    void isWrittenOverNothing() throws Exception {
        String name = name(one.run("true"));
        one.write(name + ".dyno", "mine");

        assertThat(one.call("export", name).toString())
                .startsWith("status 1\n")
                .contains(name + ".dyno is there already", "--force");
        assertThat(one.app().resolve(name + ".dyno")).hasContent("mine");
        assertThat(one.call("export", name, "--force").status()).isZero();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(one.app().resolve(name + ".dyno"))))
                .isEqualTo("rw-------");
        assertThat(one.call("export", name, "-o", "none/x").err())
                .contains("none/x: No such directory");
        assertThat(one.call("export", "run.1").status()).isEqualTo(2);
    }

    @Test
    void whatIsNoneIsRefused() throws Exception {
        other.write("x.dyno", "hello\n");

        assertThat(other.call("import", "x.dyno").toString())
                .startsWith("status 1\nout: \n")
                .contains("x.dyno holds no one-off dyno");
        assertThat(other.call("import", "y.dyno").err()).contains("there is no file");
        assertThat(other.call("import").status()).isEqualTo(2);
        other.prepare("mkfifo pipe");
        assertThat(other.call("import", "pipe").err()).contains("pipe is no file");
    }

    @Test
    void anyTreeArrivesAsItWas() throws Exception {
        var random = new Random(4711);
        for (int round = 0; round < 4; round++) {
            one.prepare("rm -rf tree");
            Path tree = Files.createDirectory(one.app().resolve("tree"));
            fill(tree, random, 3);
            String show =
                    "cd tree && find . -printf '%P|%y|%m|%l|%Ts\\n' | LC_ALL=C sort -z"
                            + " && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum";
            Result run = one.run(show);
            String name = name(run);
            assertThat(other.call("import", export(name, "--with-config")).status()).isZero();

            assertThat(other.call("rerun", name).out()).isEqualTo(run.out()).contains("|d|");
        }
    }

    private static void fill(Path directory, Random random, int depth) throws IOException {
        String[] names = {
            "a", "A", " ", "-n", "é", "'q\"", "\n", "\u001b[2J", "x".repeat(200), "*"
        };
        for (String name : names) {
            Path path = directory.resolve(name);
            switch (random.nextInt(5)) {
                case 0 -> {
                    Files.createDirectory(path);
                    if (depth > 0) {
                        fill(path, random, depth - 1);
                    }
                    mode(path, 0500 | random.nextInt(0777));
                }
                case 1 -> {
                    String target =
                            names[random.nextInt(names.length)]
                                    + "/../"
                                    + "t".repeat(random.nextInt(300));
                    Files.createSymbolicLink(path, Path.of(target));
                }
                case 2 -> {
                    // none of this name
                }
                default -> {
                    var bytes = new byte[random.nextInt(3) * random.nextInt(100_000)];
                    if (random.nextBoolean()) {
                        random.nextBytes(bytes);
                    }
                    Files.write(path, bytes);
                    mode(path, 0400 | random.nextInt(0777));
                }
            }
        }
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode & 0777, LinkOption.NOFOLLOW_LINKS);
    }
}
