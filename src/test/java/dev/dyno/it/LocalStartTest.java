package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dyno local} starts, and what it refuses to. */
@Timeout(60)
final class LocalStartTest {
    private static final String TELL = "echo I am $DYNO at $PORT, $FOO; sleep 300";

    private final Dyno dyno;

    LocalStartTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    private void refuses(int status, String err, String... words) throws Exception {
        Result result = Local.call(dyno, words);

        assertThat(result.err()).isEqualTo(err);
        assertThat(result.status()).isEqualTo(status);
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void startsEveryProcessTypeButReleaseEachAtPortsOfItsOwn() throws Exception {
        Local.app(dyno, "release: true\nweb: " + TELL + "\nmy-job: " + TELL + "\nz_2: " + TELL);
        dyno.write(".env", "FOO=bar\n");
        int port = Local.freePorts();
        try (var local = Local.logging(dyno, Map.of(), port)) {
            local.await(
                    "app[web.1]: I am web.1 at " + port + ", bar\n",
                    "app[my-job.1]: I am my-job.1 at " + (port + 100) + ", bar\n",
                    "app[z_2.1]: I am z_2.1 at " + (port + 200) + ", bar\n",
                    Local.up("my-job.1"),
                    Local.up("z_2.1"));

            assertThat(dyno.call("ps").out().replaceAll(" \\d{4}/.*", ""))
                    .isEqualTo(
                            """
                            === my-job (Standard-1X): CMD (3)

                            my-job.1: up
                            web.1: starting
                            z_2.1: up

                            """
                                    .replace("CMD", TELL));
            local.stop();
        }
    }

    @Test
    void severalDynosOfATypeHavePortsInARow() throws Exception {
        Local.app(dyno, "web: " + TELL + "\nworker: " + TELL + "\nclock: " + TELL);
        int port = Local.freePorts();
        try (var local = Local.logging(dyno, Map.of(), port, "web=2,worker=1")) {
            local.await(
                    "I am web.1 at " + port + ",",
                    "I am web.2 at " + (port + 1) + ",",
                    "I am worker.1 at " + (port + 100) + ",");
            local.stop();
            assertThat(local.out()).doesNotContain("clock");
        }
    }

    @Test
    void thePortOfTheEnvFileIsTheFirstNotEachDynos() throws Exception {
        Local.app(dyno, "web: " + TELL + "\nworker: " + TELL);
        int port = Local.freePorts();
        dyno.write(".env", "PORT=" + port + "\n");
        try (var local = new Local(dyno, Map.of("PORT", "9"), "local", "--format=raw")) {
            local.await("I am web.1 at " + port + ",", "I am worker.1 at " + (port + 100) + ",");
            local.stop();
        }
    }

    @Test
    void noDynoSeesTheFilesOfAnotherOrOfItsPredecessorAndTheAppStaysAsItIs() throws Exception {
        Local.app(dyno, "worker: echo $DYNO has $(ls); touch by-$DYNO; echo done; sleep 300\n");
        try (var local = Local.logging(dyno, Map.of(), "worker=2")) {
            local.await(
                    "app[worker.1]: done\n",
                    "app[worker.2]: done\n",
                    "app[worker.1]: worker.1 has Procfile listen.pl\n",
                    "app[worker.2]: worker.2 has Procfile listen.pl\n");
            assertThat(dyno.call("ps:restart", "worker.2").status()).isZero();
            local.await("app[worker.2]: worker.2 has Procfile listen.pl\n");
            local.stop();
        }
        try (Stream<Path> files = Files.list(dyno.app())) {
            assertThat(files.map(file -> file.getFileName() + ""))
                    .containsExactlyInAnyOrder("Procfile", "listen.pl");
        }
    }

    @Test
    void anotherProcfileAndOtherEnvFilesCanBeNamed() throws Exception {
        Local.app(dyno, "web: false\n");
        dyno.write("conf/Procfile.dev", "job: echo $A $B $C\n");
        dyno.write("a.env", "A=1\nB=1\n");
        dyno.write("b.json", "{\"B\": 2}");
        dyno.write(".env", "C=3\n");

        Result result =
                Local.call(
                        dyno,
                        "-f",
                        "conf/Procfile.dev",
                        "-e",
                        "a.env,b.json",
                        "--once",
                        "--format=raw");

        assertThat(result.out()).isEqualTo("1 2\n");
        assertThat(result.err())
                .startsWith(
                        """
                        [OKAY] Loaded ENV a.env File as KEY=VALUE Format
                        [OKAY] Loaded ENV b.json File as JSON Format
                        """);
        assertThat(result.status()).isZero();
    }

    @Test
    void theNumbersMayComeByAFlagAndAllIsEveryType() throws Exception {
        Local.app(dyno, "web: " + TELL + "\nworker: " + TELL + "\nclock: " + TELL);
        try (var local = Local.logging(dyno, Map.of(), "-m", "all=1,web=2,worker=0")) {
            local.await("I am web.1 ", "I am web.2 ", "I am clock.1 ");
            local.stop();
            assertThat(local.out()).doesNotContain("worker", "clock.2", "web.3");
        }
    }

    @Test
    void withoutAProcfileWebRunsTheCommandGiven() throws Exception {
        dyno.write("file", "content\n");
        Result result =
                Local.call(dyno, "--start-cmd", "cat file; exit 4", "--once", "--format=raw");

        assertThat(result.out()).isEqualTo("content\n");
        assertThat(result.err()).isEqualTo("web.1 Exited with exit code 4\n");
        assertThat(result.status()).isEqualTo(4);
    }

    @Test
    void withoutAProcfileItSaysSoAsHerokuDoes() throws Exception {
        String words =
                """
                 ›   Error: No Procfile found.
                 ›   Add a Procfile to add process types.
                 ›   https://devcenter.heroku.com/articles/procfile
                 ›   Or specify a start command with --start-cmd.
                """;
        refuses(2, words);
        refuses(2, words.replace("No Procfile", "No Nope"), "-f", "Nope");
    }

    @Test
    void flagsThatHerokuDroppedAreRefused() throws Exception {
        Local.app(dyno, "web: true\n");
        refuses(
                2,
                """
                 ›   Error: --restart is no longer available
                 ›   dyno restarts what ends by itself; see also --once
                """,
                "-r");
        refuses(
                2,
                """
                 ›   Error: --concurrency is no longer available
                 ›   Name the numbers: dyno local web=2,worker=1
                """,
                "-c",
                "web=2");
    }

    @Test
    void aProcessTypeThereIsNotStartsNothing() throws Exception {
        Local.app(dyno, "release: true\nweb: true\nworker: true\n");
        refuses(
                1,
                """
                 ›   Error: no process type 'nosuch' in the Procfile
                 ›   It has: web, worker.
                """,
                "web,nosuch");
        assertThat(Local.log(dyno)).isEmpty();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndNothingStarts() throws Exception {
        Local.app(dyno, "web: true\nworker: true\n");
        int port = Local.freePorts();
        try (var _ = new ServerSocket(port + 101)) {
            refuses(
                    1,
                    """
                     ›   Error: port %d for worker.2 is taken by java (pid %d)
                     ›   Stop it, or choose others: dyno local -p 7000.
                    """
                            .formatted(port + 101, ProcessHandle.current().pid()),
                    "-p",
                    Integer.toString(port),
                    "web,worker=2");
        }
        assertThat(Local.log(dyno)).isEmpty();
    }

    @Test
    void portsThatAreRootsAreRefused() throws Exception {
        Local.app(dyno, "web: true\n");
        refuses(
                1,
                """
                 ›   Error: --port is 1023, and only root may listen on ports below 1024
                 ›   Choose another: dyno local -p 5006.
                """,
                "-p",
                "1023");
    }

    @Test
    void aSecondOneOfTheSameAppIsToldWhoRuns() throws Exception {
        Local.app(dyno, "worker: sleep 300\n");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1");

            Result second = Local.call(dyno);

            long pid = local.process().pid();
            assertThat(second.err().replaceFirst("\\d\\d:\\d\\d:\\d\\d", "TIME"))
                    .isEqualTo(
                            """
                             ›   Error: this app runs already: dyno local (pid %d), since TIME
                             ›   See it with: dyno ps, dyno logs -t. End it with Ctrl-C there, or: kill %d
                            """
                                    .formatted(pid, pid));
            assertThat(second.status()).isEqualTo(1);
            local.stop();
        }
        assertThat(Local.log(dyno, "-s", "heroku"))
                .filteredOn(line -> line.contains("Starting process"))
                .hasSize(1);
    }
}
