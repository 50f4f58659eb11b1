package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A second command in a dyno that runs: {@code run:inside} and {@code ps:exec}. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class InsideTest {
    private static final String FOREVER = "while :; do sleep 0.1; done";

    private final Dyno dyno;
    private final boolean plain;

    InsideTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
        plain = isolation.equals("plain");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        dyno.awaitEnd();
        assertThat(dyno.sandboxes()).isEmpty();
    }

    private OneOff start(String command) throws Exception {
        return OneOff.start(dyno, Map.of(), command);
    }

    private Result inside(OneOff there, String command) throws Exception {
        return dyno.call("run:inside", there.name(), command);
    }

    @Test
    void itSeesTheFilesAndProcessesOfTheDyno() throws Exception {
        try (OneOff there = start("echo mine >/tmp/a; echo mine >a; echo $$; " + FOREVER)) {
            String pid = there.line();

            Result seen = inside(there, "pwd; cat a; kill -0 " + pid + " && echo alive; umask");

            assertThat(seen.out()).endsWith("\nmine\nalive\n0022\n");
            assertThat(seen.out().lines().findFirst().orElse(""))
                    .isEqualTo(inside(there, "echo $HOME").out().strip());
            assertThat(seen.err())
                    .startsWith("Running pwd; cat a; ")
                    .endsWith(" on app... up, " + there.name() + "\n");
            if (!plain) {
                assertThat(inside(there, "cat /tmp/a; hostname; echo $HOME").out())
                        .isEqualTo("mine\n" + there.name().replace('.', '-') + "\n/app\n");
            }
        }
    }

    @Test
    void itHasNoMoreRightsThanTheDyno() throws Exception {
        String rights = "grep -E '^(Cap(Inh|Prm|Eff|Amb)|NoNewPrivs|Uid|Gid)' /proc/self/status";
        try (OneOff there = start(rights + "; echo; " + FOREVER)) {
            var own = new StringBuilder();
            for (String line = there.line(); !line.isEmpty(); line = there.line()) {
                own.append(line).append('\n');
            }

            assertThat(own.toString()).contains("CapEff");
            assertThat(inside(there, rights).out()).isEqualTo(own.toString());
        }
    }

    @Test
    void itIsHeldToTheLimitsOfTheDyno() throws Exception {
        String limits = "grep -E ':(pids|memory|):' /proc/self/cgroup | tr '\\n' ' '; ulimit -u";
        try (OneOff there = start(limits + "; " + FOREVER)) {
            assertThat(inside(there, limits).out()).isEqualTo(there.line() + "\n");
        }
    }

    @Test
    void itHasTheVariablesOfTheDynoWhateverTheyAreCalled() throws Exception {
        dyno.write(".env", "A='a b'\nUID=4711\nname=x\nIFS=:\nBASH_ENV=/nonexistent\nSECONDS=4\n");
        dyno.write(".profile.d/a.sh", "export FROM_PROFILE=\"$A!\"\n");
        String print = "env | grep -vE '^(TERM|_|SHLVL|DYNO_INSIDE)=' | sort | tr '\\n' '~'; echo";
        try (OneOff there = start(print + "; " + FOREVER)) {
            String own = there.line() + "\n";

            assertThat(inside(there, print).out()).isEqualTo(own);
            assertThat(own).contains("~A=a b~", "~FROM_PROFILE=a b!~", "~name=x~", "~PORT=");
        }
    }

    @Test
    void itHasTheConfigVarsOfTheDynosOwnRelease() throws Exception {
        dyno.call("config:set", "FOO=bar");
        try (OneOff there = start(FOREVER)) {
            dyno.call("config:set", "FOO=later", "NEW=1");

            assertThat(inside(there, "printenv FOO NEW").out()).isEqualTo("bar\n");
            assertThat(dyno.call("ps:exec", "-d", there.name(), "printenv FOO").out())
                    .isEqualTo("bar\n");
            assertThat(dyno.run("printenv FOO NEW").out()).isEqualTo("later\n1\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 7,7", "kill -TERM $$,143", "kill -9 $$,137", "nonexistent-x,127"})
    void itsStatusIsTheCommands(String command, int status) throws Exception {
        try (OneOff there = start(FOREVER)) {
            assertThat(inside(there, command).status()).isEqualTo(status);
        }
    }

    @Test
    void bytesGoBothWaysUnchangedAndNothingIsLogged() throws Exception {
        var bytes = new byte[200_000];
        new Random(5).nextBytes(bytes);
        try (OneOff there = start(FOREVER)) {
            Result cat = dyno.call(Map.of(), bytes, "run:inside", there.name(), "cat; echo e >&2");

            assertThat(cat.bytes()).isEqualTo(bytes);
            assertThat(cat.err()).endsWith("\ne\n");
            assertThat(dyno.call("logs").out()).doesNotContain("cat");
        }
    }

    @Test
    void itEndsWithTheDyno() throws Exception {
        try (OneOff there = start(FOREVER);
                OneOff inside =
                        OneOff.start(
                                dyno,
                                Map.of(),
                                "run:inside",
                                there.name(),
                                "trap '' TERM; echo in; (trap '' HUP; sleep 300) & sleep 300")) {
            assertThat(inside.name()).isEqualTo("in");
            dyno.call("ps:stop", "-d", there.name());

            assertThat(there.status()).isEqualTo(143);
            assertThat(inside.status()).isEqualTo(137);
            assertThat(Dyno.withEnvironment(there.name() + "/app")).isEmpty();
        }
    }

    @Test
    void killedItTakesItsCommandAlongAndLeavesTheDyno() throws Exception {
        try (OneOff there = start(FOREVER);
                OneOff inside =
                        OneOff.start(
                                dyno,
                                Map.of(),
                                "run:inside",
                                there.name(),
                                "echo in; exec sleep 4711.25")) {
            inside.process().destroyForcibly().waitFor(5, TimeUnit.SECONDS);

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (runs("sleep 4711.25") && System.nanoTime() < deadline) {
                // the kernel takes its moment
            }
            assertThat(runs("sleep 4711.25")).isFalse();
            assertThat(there.process().isAlive()).isTrue();
        }
    }

    private static boolean runs(String command) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(each -> Dyno.isAlive(each.pid()))
                    .anyMatch(each -> each.info().commandLine().orElse("").endsWith(command));
        }
    }

    @Test
    void aSignalToItIsTheCommands() throws Exception {
        try (OneOff there = start(FOREVER);
                OneOff inside =
                        OneOff.start(
                                dyno,
                                Map.of(),
                                "run:inside",
                                there.name(),
                                "trap 'echo bye; exit 3' TERM; echo in; " + FOREVER)) {
            dyno.prepare("kill " + inside.process().pid());

            assertThat(inside.line()).isEqualTo("bye");
            assertThat(inside.status()).isEqualTo(143);
            assertThat(there.process().isAlive()).isTrue();
        }
    }

    @Test
    void atATerminalItIsAShellInTheDyno() throws Exception {
        try (OneOff there = start("touch here; " + FOREVER);
                var window = new ScriptedTerminal(dyno, 30, 90)) {
            window.line("$DYNO ps:exec -d " + there.name());
            window.awaitText("Connecting to " + there.name() + " on ");
            window.awaitText("app... up");
            window.awaitText("~ $ ");
            window.line("ls; stty size");
            window.awaitText("here");
            window.awaitText("30 90");
            window.awaitText("~ $ ");
            window.resize(31, 91);
            window.line("until [ \"$(stty size)\" = '31 91' ]; do sleep 0.1; done; echo re''sized");
            window.awaitText("resized");
            // Said by the program itself: before it has the terminal, Ctrl-C is the shell's.
            window.line("sh -c 'echo sl''eeping; exec sleep 300'");
            window.awaitText("sleeping");
            window.type("\u0003");
            window.awaitText("~ $ ");
            window.line("exit 9");
            window.awaitText(ScriptedTerminal.PROMPT);
            assertThat(window.shell("echo $?")).contains("9");
            assertThat(there.process().isAlive()).isTrue();
        }
    }

    @Test
    void execTellsThatItConnects() throws Exception {
        try (OneOff there = start(FOREVER)) {
            Result ls = dyno.call("ps:exec", "-d", there.name(), "--", "echo", "a b", "-d");

            assertThat(ls.out()).isEqualTo("a b -d\n");
            assertThat(ls.err())
                    .isEqualTo(
                            "Establishing credentials... done\nConnecting to "
                                    + there.name()
                                    + " on app... up\n");
            assertThat(dyno.call("ps:exec", "--status").out())
                    .contains("=== Heroku Exec app\n\n  Dyno ", "  " + there.name() + "   up  ");
        }
    }

    @Test
    void aDynoThatIsNotThereCannotBeEntered() throws Exception {
        Result run = dyno.call("run:inside", "run.1", "ls");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        " ›   Error: Couldn't find that dyno.\n"
                                + " ›   See the dynos that run with: dyno ps\n"
                                + " ›   Error ID: not_found\n");
        Result exec = dyno.call("ps:exec", "ls");
        assertThat(exec.status()).isEqualTo(2);
        assertThat(exec.err())
                .isEqualTo(
                        "Establishing credentials... error\n"
                                + " ›   Error: Could not connect to dyno!\n"
                                + " ›   Check if the dyno is running with `dyno ps'\n");
        assertThat(dyno.call("run:inside", "web.1").status()).isEqualTo(1);
        assertThat(dyno.call("run:inside", "../x", "ls").status()).isEqualTo(125);
        assertThat(List.of(dyno.call("ps:exec", "--status").out()))
                .containsExactly("Heroku Exec is not running. Check dyno status with dyno ps.\n");
        assertThat(new String(run.bytes(), StandardCharsets.UTF_8)).isEmpty();
    }
}
