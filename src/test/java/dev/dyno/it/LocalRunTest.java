package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dyno local:run}: the program as it would run without dyno, but for the variables. */
@Timeout(60)
final class LocalRunTest {
    private static final String LOADED = "[OKAY] Loaded ENV .env File as KEY=VALUE Format\n";

    private final Dyno dyno;

    LocalRunTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "price: echo it costs\n");
        dyno.write(".env", "FOO=bar\n");
    }

    private Result run(String... words) throws Exception {
        return run(Map.of(), words);
    }

    private Result run(Map<String, String> more, String... words) throws Exception {
        var all = new ArrayList<>(List.of("local:run"));
        all.addAll(List.of(words));
        return dyno.call(more, new byte[0], all.toArray(String[]::new));
    }

    /** What a bash script prints that calls dyno as {@code dyno}. */
    private String script(String script) throws Exception {
        ProcessBuilder bash =
                new ProcessBuilder("bash", "-c", script).directory(dyno.app().toFile());
        bash.environment().clear();
        bash.environment().putAll(dyno.environment());
        bash.environment().put("dyno", Dyno.launcher());
        Process process = bash.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "exit 9, 9", "no-such-command, 127", "kill -TERM $$, 143", "-x, 127"})
    void theStatusIsThePrograms(String line, int status) throws Exception {
        assertThat(run(line).status()).isEqualTo(status);
    }

    @Test
    void oneWordIsAShellLineAndSeveralAreTakenLiterally() throws Exception {
        Result line = run("echo $FOO; exit 4");
        assertThat(line.out()).isEqualTo("bar\n");
        assertThat(line.status()).isEqualTo(4);
        assertThat(line.err()).isEqualTo(LOADED);

        assertThat(run("printf", "%s,", "$FOO", "a b", "it's", "", "*", "-e", "-p").out())
                .isEqualTo("$FOO,a b,it's,,*,-e,-p,");
        assertThat(run("--", "sh", "-c", "exit 9").status()).isEqualTo(9);
    }

    @Test
    void aProcessTypeIsACommandWithArguments() throws Exception {
        assertThat(run("price").out()).isEqualTo("it costs\n");
        assertThat(run("price", "$FOO", "a  b").out()).isEqualTo("it costs $FOO a  b\n");
    }

    @Test
    void withoutACommandItSaysHowItIsCalled() throws Exception {
        Result result = run();

        assertThat(result.status()).isEqualTo(255);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        " ›   Error: Usage: dyno local:run [COMMAND]\n"
                                + " ›   Must specify command to run\n");
    }

    @Test
    void theEnvFileOverridesTheShellAndTheLaterFileTheEarlier() throws Exception {
        dyno.write("more.json", "{\"FOO\": \"baz\", \"NEW\": 1}");
        var shell = Map.of("FOO", "shell", "OWN", "mine", "PORT", "1");

        assertThat(run(shell, "echo $FOO $OWN $PORT").out()).isEqualTo("bar mine 1\n");
        Result two = run(shell, "-e", ".env,more.json", "-p", "8080", "echo $FOO $NEW $PORT");
        assertThat(two.out()).isEqualTo("baz 1 8080\n");
        assertThat(two.err())
                .isEqualTo(LOADED + "[OKAY] Loaded ENV more.json File as JSON Format\n");
        assertThat(run("echo [$PORT]").out()).isEqualTo("[]\n");
    }

    @Test
    void onlyAnEnvFileAskedForHasToBeThere() throws Exception {
        Files.delete(dyno.app().resolve(".env"));

        Result silent = run("echo on");
        assertThat(silent.out()).isEqualTo("on\n");
        assertThat(silent.err()).isEmpty();
        Result missing = run("--env=nope.env", "echo on");
        assertThat(missing.status()).isEqualTo(125);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err()).contains("Error: no env file ").contains("nope.env");
    }

    @Test
    void aBrokenLineOfTheEnvFileIsAWarning() throws Exception {
        dyno.write(".env", "FOO=bar\nnonsense\n");

        Result result = run("echo $FOO");

        assertThat(result.out()).isEqualTo("bar\n");
        assertThat(result.err()).contains("Warning: ").contains(".env:2").endsWith(LOADED);
    }

    @Test
    void stdinAndStdoutAreThePrograms() throws Exception {
        var bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);

        assertThat(dyno.call(Map.of(), bytes, "local:run", "cat").bytes()).isEqualTo(bytes);
    }

    @Test
    void theProgramTakesDynosPlaceAndNoJavaIsLeft() throws Exception {
        Process process =
                dyno.start(Map.of(), "local:run", "echo $$; readlink /proc/$$/exe; read x");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo(Long.toString(process.pid()));
            assertThat(out.readLine()).endsWith("/bash");
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void umaskVariablesAndLimitsAreTheCallers() throws Exception {
        String told =
                "umask; ulimit -Sn; echo $LC_ALL,$JAVA_TOOL_OPTIONS,$_JAVA_OPTIONS,$root,$IFS";
        assertThat(
                        script(
                                "umask 027; ulimit -Sn 200; export LC_ALL=C JAVA_TOOL_OPTIONS=-Da=b"
                                        + " _JAVA_OPTIONS= root=mine; \"$dyno\" local:run '"
                                        + told
                                        + "'"))
                .isEqualTo("0027\n200\nC,-Da=b,,mine,\n");
        assertThat(script("\"$dyno\" local:run 'echo ${LC_ALL-no} ${_JAVA_OPTIONS-no}'"))
                .isEqualTo("no no\n");
    }

    @Test
    void theEnvironmentIsTheCallersToTheLastByte() throws Exception {
        String variables = "A=$'\\xff\\n b' root=mine exec ";
        String without = script(variables + "bash -c -- env");
        String with = script(variables + "\"$dyno\" local:run env");

        assertThat(with.lines().filter(line -> !line.equals("FOO=bar")))
                .containsExactlyInAnyOrderElementsOf(without.lines().toList());
    }

    @Test
    void noDescriptorsButTheFirstThreeAreLeft() throws Exception {
        String list = "'for fd in {0..300}; do [ -e /proc/$$/fd/$fd ] && echo $fd; done'";
        assertThat(script("\"$dyno\" local:run " + list + " 5</dev/null")).isEqualTo("0\n1\n2\n");
    }

    @Test
    void whatTheCallerIgnoredStaysIgnoredAndNothingElse() throws Exception {
        String grep = " grep -E 'Sig(Blk|Ign)' /proc/self/status";
        for (String signals : List.of("", " --ignore-signal=HUP,QUIT,PIPE")) {
            String caller = "exec env --default-signal" + signals;
            // The first 28 signals; behind them are those of the C library's own.
            assertThat(
                            script(caller + " \"$dyno\" local:run" + grep)
                                    .replaceAll("[0-9a-f]{9}(?=[0-9a-f]{7}\n)", ""))
                    .isEqualTo(
                            "SigBlk:\t0000000\nSigIgn:\t"
                                    + (signals.isEmpty() ? "0000000\n" : "0001005\n"));
        }
    }

    @Test
    void whatTheKernelRefusesIsSaid() throws Exception {
        dyno.write(".env", "A=" + "x".repeat(200_000) + "\n");

        Result result = run("true");

        assertThat(result.status()).isEqualTo(126);
        assertThat(result.err())
                .contains("Error: cannot run /")
                .contains("bash: Argument list too long");
    }

    @Test
    void atATerminalCtrlCAndCtrlZAreThePrograms() throws Exception {
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            terminal.line(
                    "$DYNO local:run 'trap \"echo cau''ght; exit 3\" INT; tty; echo rea''dy; read x;"
                            + " echo go''on; read y'");
            assertThat(terminal.awaitText("ready")).contains("/dev/pts/");
            terminal.type("\u001a");
            terminal.awaitText("Stopped");
            terminal.awaitText(ScriptedTerminal.PROMPT);
            terminal.line("fg");
            terminal.awaitText("local:run");
            // What it reads it reads in the foreground; until then Ctrl-C is the shell's.
            terminal.line("");
            terminal.awaitText("goon");
            terminal.type("\u0003");
            terminal.awaitText("caught");
            terminal.awaitText(ScriptedTerminal.PROMPT);
            assertThat(terminal.shell("echo $?")).isEqualTo("3\r\n");

            terminal.line("$DYNO local:run sleep 100 && echo yes || echo no''ne");
            terminal.awaitText("Format");
            terminal.type("\u0003");
            terminal.awaitText(ScriptedTerminal.PROMPT);
            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");
        }
    }
}
