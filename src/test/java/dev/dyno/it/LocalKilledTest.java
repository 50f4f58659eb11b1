package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dyno local} killed with SIGKILL at any instant: nothing of it is in anybody's way. */
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class LocalKilledTest {
    private static final String WANTED = "all=1,worker=3";
    private static final int ROUNDS = 15;

    private final Dyno dyno;
    private final String isolation;
    private final String mark = Long.toString(100_000_000 + new Random().nextInt(900_000_000));

    LocalKilledTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
        this.isolation = isolation;
    }

    @Test
    void atRandomInstantsAndTheNextOneStartsAtOnce() throws Exception {
        var random = new Random(isolation.hashCode());
        dyno.write(".env", "MARK=" + mark + "\n");
        Local.app(
                dyno,
                """
                release: sleep 0.05
                web: %s
                worker: sleep 300 & setsid sleep 300 & (trap '' TERM HUP; sleep 300) & exec sleep 300
                crashing: exit 1
                """
                        .formatted(Local.LISTEN));
        int port = Local.freePorts();
        int longest = 3 * killedOnceItRuns(port) / 2;
        int ran = 0;
        for (int round = 0; round < ROUNDS; round++) {
            dyno.write("file", "round " + round);
            ran += killed(port, random.nextInt(longest));
            if (round % 3 == 1) {
                continue; // then the next local is the next command
            }

            Result ps = dyno.call("ps");

            assertThat(ps.err()).as("round " + round).isEmpty();
            assertThat(ps.out()).as("round " + round).isEqualTo("No dynos on app\n");
            assertThat(dyno.sandboxes()).as("round " + round).isEmpty();
            awaitNobody(round);
        }
        assertThat(ran).as("processes of dynos that were running").isPositive();
        try (var local = Local.logging(dyno, Map.of(), port, WANTED)) {
            local.awaitUp("web.1", "worker.1", "worker.2", "worker.3");
            local.stop();
            assertThat(local.err()).doesNotContain("Warning", "[FAIL]");
        }
    }

    private Process start(int port) throws IOException {
        return dyno.start(
                Map.of("DYNO_BACKOFF", "0.1"), "local", WANTED, "-p", Integer.toString(port));
    }

    /** How many milliseconds it takes on this machine, now, until dynos run. */
    private int killedOnceItRuns(int port) throws Exception {
        long began = System.nanoTime();
        Process local = start(port);
        while (Dyno.marked(mark).isEmpty()) {
            assertThat(local.isAlive()).as("runs").isTrue();
        }
        long took = System.nanoTime() - began;
        local.destroyForcibly().waitFor();
        return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(took));
    }

    /** Starts one and kills it after so long; tells how many processes its dynos had then. */
    private int killed(int port, int millis) throws Exception {
        Process local = start(port);
        local.waitFor(millis, TimeUnit.MILLISECONDS);
        int running = Dyno.marked(mark).size();
        assertThat(local.isAlive()).as("runs").isTrue();
        local.destroyForcibly().waitFor();
        return running;
    }

    /** The kernel may take a moment. */
    private void awaitNobody(int round) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<String> left;
        do {
            left = Dyno.marked(mark);
            left.addAll(Dyno.withEnvironment(dyno.home().toString()));
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).as("processes left in round " + round).isEmpty();
    }
}
