package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running {@code dyno local} makes of changes, and what the next one knows of the last. */
@Timeout(60)
final class LocalReleaseTest {
    private final Dyno dyno;

    LocalReleaseTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @Test
    void aRestartBringsChangedFilesAndVariables() throws Exception {
        Local.app(dyno, "worker: cat file; echo $FOO; exec sleep 300");
        dyno.write("file", "old\n");
        dyno.write(".env", "FOO=was\n");
        try (var local = Local.logging(dyno, Map.of())) {
            local.await("app[worker.1]: old\n", "app[worker.1]: was\n");
            dyno.write("file", "new\n");
            dyno.write(".env", "FOO=is\nBAR=too\n");
            assertThat(dyno.call("ps:restart").status()).isZero();
            local.await("app[worker.1]: new\n", "app[worker.1]: is\n");
            local.stop();
        }
        assertThat(Local.log(dyno, "-d", "api"))
                .map(line -> line.replaceFirst("[0-9a-f]{8} by", "SLUG by"))
                .containsExactly(
                        "app[api]: Deploy SLUG by user U",
                        "app[api]: Release v1 created by user U",
                        "app[api]: Deploy SLUG by user U",
                        "app[api]: Release v2 created by user U");
    }

    @Test
    void aNewProcfileBringsItsCommandsAndTypes() throws Exception {
        Local.app(dyno, "worker: echo one; exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.await("app[worker.1]: one\n");
            Local.app(dyno, "worker: echo two; exec sleep 300\nclock: echo tick; exec sleep 300");
            assertThat(dyno.call("ps:restart").status()).isZero();
            local.await("app[worker.1]: two\n");
            assertThat(dyno.call("ps:scale").out())
                    .isEqualTo("clock=0:Standard-1X worker=1:Standard-1X\n");
            dyno.call("ps:scale", "clock=1");
            local.await("app[clock.1]: tick\n");
            local.stop();
        }
    }

    @Test
    void aBrokenProcfileIsRefusedAndTheDynosGoOn() throws Exception {
        Local.app(dyno, "worker: echo $DYNO; exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1");
            dyno.write("Procfile", "worker\n");

            Result restart = dyno.call("ps:restart");

            assertThat(restart.err())
                    .isEqualTo(
                            """
                            Restarting all dynos on app... !
                             ›   Error: %s/Procfile:1: no ":"
                             ›   'dyno check' shows every line that is wrong
                             ›   Error ID: invalid_params
                            """
                                    .formatted(dyno.app()));
            assertThat(restart.status()).isEqualTo(2);
            assertThat(dyno.call("ps").out()).contains("worker.1: up ");
            local.stop();
        }
        assertThat(Local.story(dyno, "worker.1")).doesNotContain("Restarting");
    }

    @Test
    void theScaleIsRememberedForTheNextStart() throws Exception {
        Local.app(dyno, "worker: exec sleep 300\nclock: exec sleep 300");
        try (var local = Local.logging(dyno, Map.of())) {
            local.awaitUp("worker.1", "clock.1");
            dyno.call("ps:scale", "worker=2", "clock=0");
            local.awaitUp("worker.2");
            local.stop();
        }
        try (var next = Local.logging(dyno, Map.of())) {
            next.awaitUp("worker.1", "worker.2");
            next.stop();
            assertThat(next.out()).doesNotContain("clock");
        }
    }

    @Test
    void whatWasNamedForOneStartIsNotRemembered() throws Exception {
        Local.app(dyno, "worker: exec sleep 300\nclock: exec sleep 300");
        try (var local = Local.logging(dyno, Map.of(), "worker=2")) {
            local.awaitUp("worker.1", "worker.2");
            assertThat(dyno.call("ps:scale").out())
                    .isEqualTo("clock=0:Standard-1X worker=2:Standard-1X\n");
            local.stop();
        }
        assertThat(dyno.call("ps:scale").out())
                .isEqualTo("clock=1:Standard-1X worker=1:Standard-1X\n");
    }
}
