package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dyno run} and its companions where stdin and stdout are pipes. */
final class RunPipesTest {
    private final Dyno dyno;

    RunPipesTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void procfile() throws Exception {
        dyno.write("Procfile", "greet: echo hello\nweb: echo serving on $PORT\n");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 1, 1",
        "exit 7, 7",
        "exit 255, 255",
        "kill -TERM $$, 143",
        "kill -9 $$, 137",
        "nope, 127",
        "/etc/passwd, 126"
    })
    void theCommandsExitStatusIsDynos(String command, int status) throws Exception {
        assertThat(dyno.run(command).status()).isEqualTo(status);
    }

    @Test
    void stdoutAndStderrStayApart() throws Exception {
        Result result = dyno.run("echo for out; echo for err >&2");

        assertThat(result.out()).isEqualTo("for out\n");
        assertThat(result.err())
                .matches(
                        "Running echo for out; echo for err >&2 on app\\.\\.\\. up, run\\.\\d{4}\n"
                                + "for err\n");
    }

    @Test
    void aLargeStdinGoesThroughUnchanged() throws Exception {
        var bytes = new byte[600_000];
        new Random(1).nextBytes(bytes);

        assertThat(dyno.call(Map.of(), bytes, "run", "cat").bytes()).isEqualTo(bytes);
    }

    @Test
    void everyByteValueGoesThroughUnchanged() throws Exception {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        assertThat(dyno.call(Map.of(), bytes, "run", "cat").bytes()).isEqualTo(bytes);
    }

    @Test
    void theEndOfStdinIsDelivered() throws Exception {
        Result result = dyno.call(Map.of(), bytes("one\ntwo\n"), "run", "wc -l; echo over");

        assertThat(result.out()).isEqualTo("2\nover\n");
    }

    @Test
    void aProgramThatReadsNothingIsNotHeldUpByStdin() throws Exception {
        Result result = dyno.call(Map.of(), new byte[600_000], "run", "exit 4");

        assertThat(result.status()).isEqualTo(4);
    }

    @Test
    void severalWordsAreQuotedWhereTheyHaveBlanks() throws Exception {
        assertThat(dyno.run("printf", "[%s]", "a  b", "c", "say \"x\"").out())
                .isEqualTo("[a  b][c][say \"x\"]");
    }

    @Test
    void aProcessTypeStandsForItsCommand() throws Exception {
        assertThat(dyno.run("greet", "the", "wide world").out())
                .isEqualTo("hello the wide world\n");
    }

    @Test
    void flagsWorkBeforeTheWordsAndBehindThem() throws Exception {
        assertThat(dyno.run("-e", "A=1", "echo", "$A$B").out()).isEqualTo("1\n");
        assertThat(dyno.run("echo", "$A$B", "-e", "A=1;B=2").out()).isEqualTo("12\n");
        assertThat(dyno.run("echo", "$DYNO", "--type", "worker").out()).startsWith("worker.");
    }

    @Test
    void twoDashesEndDynosFlags() throws Exception {
        assertThat(dyno.run("--", "echo", "-e", "A=1").out()).isEqualTo("A=1\n");
        assertThat(dyno.run("echo", "--", "--type", "worker").out()).isEqualTo("--type worker\n");
    }

    @Test
    void flagsDynoDoesNotKnowGoToTheCommand() throws Exception {
        assertThat(dyno.run("ls", "-al").out()).startsWith("total ").contains(" Procfile\n");
    }

    @Test
    void anEnvFileTakesThePlaceOfTheAppsEnv() throws Exception {
        dyno.write(".env", "A=app\nB=app\n");
        dyno.write("../other.env", "A=other\n");

        assertThat(dyno.run("echo $A $B").out()).isEqualTo("app app\n");
        assertThat(dyno.run("--env-file", "../other.env", "echo $A $B").out()).isEqualTo("other\n");
        assertThat(dyno.run("-e", "B=flag", "echo $A $B").out()).isEqualTo("app flag\n");
    }

    @Test
    void profilesAreSourcedBeforeTheCommand() throws Exception {
        dyno.write(".profile.d/10-first.sh", "export A=first");
        dyno.write(".profile.d/20-second.sh", "export B=$A-second");
        dyno.write(".profile", "export C=$B-last");

        assertThat(dyno.run("echo $C").out()).isEqualTo("first-second-last\n");
    }

    @Test
    void theHostsVariablesStayOutside() throws Exception {
        Result result =
                dyno.call(Map.of("AWS_SECRET_ACCESS_KEY", "geheim"), bytes(""), "run", "env");

        assertThat(result.out()).contains("DYNO=run.").doesNotContain("AWS_", "geheim");
        assertThat(result.out().lines().map(line -> line.replaceAll("=.*", "")))
                .contains("PORT", "HOME", "PATH", "TMPDIR", "LANG", "TERM")
                .doesNotContain("DYNO_HOME", "JAVA_HOME", "LC_ALL");
    }

    @Test
    void aBackgroundProcessEndsWithTheDyno() throws Exception {
        long begin = System.nanoTime();
        assertThat(dyno.run("-e", mark(), "sleep 300 & echo on").out()).isEqualTo("on\n");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(Dyno.withEnvironment(mark())).isEmpty();
    }

    @Test
    void aDaemonThatIgnoresSignalsEndsWithTheDyno() throws Exception {
        Result result =
                dyno.run(
                        "-e",
                        mark(),
                        "mkfifo p; (trap '' HUP TERM;"
                                + " exec setsid sh -c 'echo up >p; exec sleep 300') & cat p");

        assertThat(result.out()).isEqualTo("up\n");
        assertThat(Dyno.withEnvironment(mark())).isEmpty();
        assertThat(dyno.sandboxes()).isEmpty();
    }

    /** What only this test's processes have in their environment. */
    private String mark() {
        return "MARK=" + dyno.home().toString().replace('/', '-');
    }

    @Test
    void withoutACommandTheUsageIsSaid() throws Exception {
        Result result = dyno.run();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Usage: dyno run COMMAND");
    }

    @Test
    void whatDynoCannotStartHasAStatusOfItsOwn() throws Exception {
        assertThat(dyno.run("-a", "nowhere", "true").status()).isEqualTo(125);
        Result size = dyno.run("-s", "gigantic", "true");
        assertThat(size.status()).isEqualTo(125);
        assertThat(size.err()).contains("No such size as gigantic");
        assertThat(dyno.call("frobnicate").status()).isEqualTo(127);
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheDyno() throws Exception {
        Process process = dyno.start(Map.of(), "run", "yes");
        try {
            process.getOutputStream().close();
            try (var out = reader(process)) {
                assertThat(out.readLine()).isEqualTo("y");
            }
            assertThat(process.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS).isAlive())
                    .isFalse();
            assertThat(dyno.sandboxes()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void twentyAtOnceHaveTwentyNames() throws Exception {
        var names = new TreeSet<String>();
        Callable<String> call = () -> dyno.run("echo $DYNO").out();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(java.util.Collections.nCopies(20, call))) {
                names.add(future.get());
            }
        }

        assertThat(names).hasSize(20).allMatch(name -> name.matches("run\\.\\d+\n"));
        assertThat(dyno.sandboxes()).isEmpty();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
