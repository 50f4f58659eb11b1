package dev.dyno.it;

import static dev.dyno.it.TwoMachines.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A one-off goes to another machine and is there what it was here. */
final class BundleTest {
    @TempDir Path directory;
    private TwoMachines machines;

    @BeforeEach
    void twoMachines() throws Exception {
        machines = new TwoMachines(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void runsThereWithTheFilesAndTheConfigItHad(String isolation) throws Exception {
        machines = new TwoMachines(directory, isolation);
        String name = name(machines.one.run("-e", "OWN=1", "-s", "basic", "job"));
        String file = machines.export(name, "--with-config");
        machines.one.write("file", "changed\n");

        Result taken = machines.other.call("import", file);
        assertThat(taken.toString())
                .isEqualTo("status 0\nout: Imported " + name + " of app\n\nerr: ");
        Result again = machines.other.call("rerun", name);
        assertThat(again.out()).isEqualTo("hello\nsecret-of-env 1\n");
        assertThat(machines.other.call("rerun", name(again)).out())
                .isEqualTo("hello\nsecret-of-env 1\n");
        assertThat(machines.other.call("runs:info", name).out())
                .contains("Size:        Basic\n", "Isolation:   " + isolation + "\n")
                .doesNotContain("Release:", "secret");
        assertThat(machines.other.call("rerun", name, "--on", "current").out())
                .isEqualTo("another\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void whatItChangedIsToldThere(String isolation) throws Exception {
        machines = new TwoMachines(directory, isolation);
        machines.one.write("old/a", "a\n");
        machines.one.write("old/b", "b\n");
        String command =
                "rm file; rm -r old; mkdir old; echo c > old/c; echo more >> Procfile;"
                        + " chmod 700 Procfile";
        for (String each : new String[] {command, "true"}) {
            String name = name(machines.one.run(each));
            String told = machines.one.call("diff", name, "--patch").out();
            assertThat(
                            machines.other
                                    .call("import", machines.export(name, "--with-config"))
                                    .status())
                    .isZero();

            assertThat(machines.other.call("diff", name, "--patch").toString())
                    .isEqualTo("status 0\nout: " + told + "\nerr: ");
            assertThat(told.contains("deleted file mode")).isEqualTo(each.equals(command));
        }
    }

    @Test
    void whatItsTerminalShowedIsReplayedThere() throws Exception {
        try (var terminal = new ScriptedTerminal(machines.one, 24, 80)) {
            terminal.line("$DYNO run --record 'cat file; echo $((6 * 7))'");
            terminal.awaitText("42");
            terminal.awaitText(ScriptedTerminal.PROMPT);
        }
        String name = machines.one.call("runs").out().replaceAll("(?s).*(run\\.[0-9]{4}).*", "$1");
        machines.other.call("import", machines.export(name, "--with-config"));

        assertThat(machines.other.call("replay", name, "--dump").out())
                .isEqualTo(machines.one.call("replay", name, "--dump").out())
                .contains("hello\n42");
    }

    @Test
    void whatItLeavesIsKeptAndOpenedThere() throws Exception {
        String name = name(machines.one.run("cat file > made"));
        machines.other.call("import", machines.export(name, "--with-config"));

        String kept = name(machines.other.call("rerun", name, "--keep"));
        assertThat(machines.other.call("run:inside", kept, "cat made").out()).isEqualTo("hello\n");
        assertThat(machines.other.call("runs:info", name(machines.other.call("rerun", kept))).out())
                .doesNotContain("Release:");
    }

    @Test
    void itsLogIsAmongTheLogs() throws Exception {
        String name = name(machines.one.run("exit 3"));
        String file = machines.export(name, "--with-config");
        machines.other.call("import", file);
        String second = machines.other.call("import", file).out().strip().replaceAll(".* as ", "");

        assertThat(machines.other.call("logs", "-d", name).out())
                .contains("[" + name + "]: Process exited with status 3");
        assertThat(machines.other.call("logs", "-d", second).out())
                .contains("[" + second + "]: Process exited with status 3")
                .doesNotContain("[" + name + "]");
        assertThat(machines.other.call("runs", "--status", "3").out()).contains(name, second);
    }

    @Test
    void itsFilesAreKeptForAsLongAsItIsRemembered() throws Exception {
        String name = name(machines.one.run("job"));
        machines.other.call("import", machines.export(name, "--with-config"));
        Map<String, String> few = Map.of("DYNO_KEEP_RUNS", "1", "DYNO_KEEP_RELEASES", "1");
        machines.other.write("file", "of the other\n");
        machines.other.call(few, new byte[0], "releases");
        machines.other.run("true");

        assertThat(machines.other.call("rerun", name).out()).isEqualTo("hello\nsecret-of-env\n");
        assertThat(machines.other.call("runs:rm", name).status()).isZero();
        machines.other.write("file", "of the other, changed\n");
        machines.other.call(few, new byte[0], "run", "true");
        assertThat(machines.other.call("rerun", name).err()).contains("Couldn't find that dyno.");
    }

    @Test
    void whatItsUserMayNotReadIsLeftOutAndTheRestArrives() throws Exception {
        String name =
                name(
                        machines.one.run(
                                "echo a > a; echo b > b; chmod 000 b; mkfifo c; chmod 555 ."));

        assertThat(machines.other.call("import", machines.export(name)).toString())
                .startsWith("status 0\n");
        assertThat(machines.other.call("diff", name).out()).contains("A  a  2 B\n");
    }

    @Test
    void anyTreeArrivesAsItWas() throws Exception {
        var random = new Random(4711);
        for (int round = 0; round < 4; round++) {
            machines.one.prepare("rm -rf tree");
            Path tree = Files.createDirectory(machines.one.app().resolve("tree"));
            fill(tree, random, 3);
            String show =
                    "cd tree && find . -printf '%P|%y|%m|%l|%Ts\\n' | LC_ALL=C sort -z"
                            + " && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum";
            Result run = machines.one.run(show);
            String name = name(run);
            assertThat(
                            machines.other
                                    .call("import", machines.export(name, "--with-config"))
                                    .status())
                    .isZero();

            assertThat(machines.other.call("rerun", name).out())
                    .isEqualTo(run.out())
                    .contains("|d|");
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
