package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One-offs are remembered: {@code runs}, {@code runs:info}, {@code runs:rm}. */
class RunsTest {
    private Dyno dyno;

    @BeforeEach
    void makeApp(@TempDir Path directory) throws Exception {
        dyno = new Dyno(directory);
        dyno.write("Procfile", "job: echo job\n");
    }

    private String run(String... words) throws Exception {
        return name(dyno.run(words));
    }

    private static String name(Result run) {
        String err = run.err();
        return err.substring(err.indexOf("up, ") + 4).strip().lines().findFirst().orElseThrow();
    }

    private List<String> names(String... words) throws Exception {
        var all = Stream.concat(Stream.of("runs", "--json"), Stream.of(words));
        return dyno.call(all.toArray(String[]::new))
                .out()
                .lines()
                .filter(line -> line.startsWith("    \"name\": "))
                .map(line -> line.substring(13, line.length() - 2))
                .toList();
    }

    private String info(String name, String... words) throws Exception {
        var all = Stream.concat(Stream.of("runs:info", name), Stream.of(words));
        return dyno.call(all.toArray(String[]::new)).out();
    }

    @Test
    void listsTheNewestFirst() throws Exception {
        String first = run("true");
        String second = run("job", "--flag");

        assertThat(names()).containsExactly(second, first);
        assertThat(dyno.call("runs").out())
                .startsWith(
                        "=== app One-off Dynos\n\n"
                                + "  name       status   command      v    took")
                .contains("  " + second + "   0        job --flag   v1   ");
    }

    @Test
    void isFilteredByStatusAndCommandAndCutToACount() throws Exception {
        String good = run("echo good");
        String bad = run("exit 3");
        String worse = run("exit 4");

        assertThat(names("--status", "3")).containsExactly(bad);
        assertThat(names("--status", "failed")).containsExactly(worse, bad);
        assertThat(names("--status", "ok")).containsExactly(good);
        assertThat(names("--command", "goo")).containsExactly(good);
        assertThat(names("-n", "1")).containsExactly(worse);
        assertThat(dyno.call("runs", "--status", "red").toString())
                .startsWith("status 1\n")
                .contains("'red' is no status");
    }

    @Test
    void tellsWhatItTakesToRunItOnceMore() throws Exception {
        String name = run("-s", "basic", "job", "now");

        assertThat(info(name))
                .contains("Command:     job now\n", "Run as:      echo job now\n")
                .contains("Release:     v1\n", "Size:        Basic\n", "Terminal:    none\n")
                .contains("Status:      0\n");
        assertThat(info(name, "--json"))
                .contains("\"command\": \"echo job now\"", "\"command_typed\": \"job now\"")
                .contains("\"size\": \"Basic\"", "\"columns\": null", "\"status\": 0");
    }

    @Test
    void tellsTheSignalOfAStatus() throws Exception {
        String name = run("kill -TERM $$");

        assertThat(info(name)).contains("143 (signal 15)\n");
        assertThat(info(name, "--json")).contains("\"signal\": 15");
    }

    @Test
    void masksConfigVarsUnlessToldToReveal() throws Exception {
        dyno.write(".env", "TOKEN=hush\n");
        String name = run("-e", "OWN=secret", "true");

        assertThat(info(name)).contains("OWN:   ********\n", "TOKEN: ********\n");
        assertThat(info(name, "--json")).doesNotContain("hush", "secret");
        assertThat(info(name, "--reveal")).contains("OWN:   secret\n", "TOKEN: hush\n");
    }

    @Test
    void onlyItsUserCanReadIt() throws Exception {
        String name = run("-e", "OWN=secret", "true");

        assertThat(Files.getPosixFilePermissions(record(name)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(record(name).getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private Path record(String name) throws Exception {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.findFirst().orElseThrow().resolve("runs").resolve(name).resolve("record");
        }
    }

    @Test
    void forgetsAllButTheLastOnesAndTheirReleases() throws Exception {
        Map<String, String> few = Map.of("DYNO_KEEP_RUNS", "2", "DYNO_KEEP_RELEASES", "1");
        for (int i = 0; i < 4; i++) {
            dyno.write("file", "content " + i);
            assertThat(dyno.call(few, new byte[0], "run", "echo " + i).status()).isZero();
        }
        Result runs = dyno.call(few, new byte[0], "runs");

        assertThat(runs.out()).contains("echo 3", "echo 2").doesNotContain("echo 1", "echo 0");
        assertThat(dyno.call("releases", "--json").out())
                .contains("\"version\": 4", "\"version\": 3")
                .doesNotContain("\"version\": 1,");
    }

    @Test
    void aNumberOfRunsThatIsNoneIsAnError() throws Exception {
        assertThat(dyno.call(Map.of("DYNO_KEEP_RUNS", "0"), new byte[0], "runs").err())
                .contains("DYNO_KEEP_RUNS is '0'");
    }

    @Test
    void forgetsWhatIsToldToBeForgotten() throws Exception {
        String kept = run("true");
        String gone = run("false");

        assertThat(dyno.call("runs:rm", gone).err()).contains("Removing " + gone + "... done\n");
        assertThat(names()).containsExactly(kept);
        assertThat(dyno.call("runs:rm", kept, gone).toString())
                .startsWith("status 1\n")
                .contains("there is no " + gone + " that has ended");
        assertThat(names()).containsExactly(kept);
    }

    @Test
    void aCommandCannotWriteToTheTerminal() throws Exception {
        run("echo '\033[31m'");

        assertThat(dyno.call("runs").out()).doesNotContain("\033").contains("echo '\\x1b[31m'");
    }

    @Test
    void oneThatWasKilledIsRemembered() throws Exception {
        try (OneOff there = OneOff.start(dyno, Map.of(), "exec sleep 1000")) {
            there.process().destroyForcibly();
            there.status();
            assertThat(info(there.name())).contains("137 (signal 9)\n", "exec sleep 1000");
        }
    }
}
