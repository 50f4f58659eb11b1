package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The choice of an isolation, what {@code dyno doctor} says of it, and what it comes to. */
@Timeout(60)
final class IsolationTest {
    private final Dyno dyno;

    IsolationTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    @Test
    void inNamespacesTheAppIsAtAppAndAlone() throws Exception {
        assumeNamespaces();

        Result result =
                dyno.run(
                        "--isolation=namespaces", "pwd; echo $HOME; echo ~; ps ax -o comm=; id -u");

        assertThat(result.out()).matches("/app\n/app\n/app\n(bwrap\n|bash\n|ps\n)+[1-9]\\d+\n");
    }

    @Test
    void theUsersHomeAndTheStateAreHidden() throws Exception {
        assumeNamespaces();
        dyno.write("../user/.ssh/id_rsa", "geheim");
        String key = dyno.home().resolveSibling("user/.ssh/id_rsa").toString();

        assertThat(dyno.run("--isolation=namespaces", "cat " + key).status()).isEqualTo(1);
        assertThat(dyno.run("--isolation=namespaces", "ls " + dyno.home()).status()).isEqualTo(2);
        assertThat(dyno.run("--isolation=namespaces", "touch /usr/x").status()).isEqualTo(1);
    }

    @Test
    void plainIsAPrivateDirectory() throws Exception {
        Result result = dyno.run("--isolation=plain", "pwd; echo $HOME; touch new; ls");

        String[] lines = result.out().split("\n", 3);
        assertThat(lines[0]).startsWith(dyno.home().toString()).isEqualTo(lines[1]);
        assertThat(lines[2]).isEqualTo("Procfile\nnew\n");
        assertThat(result.err()).doesNotContain("Warning");
        assertThat(dyno.call(Map.of("DYNO_ISOLATION", "plain"), new byte[0], "run", "pwd").out())
                .startsWith(dyno.home().toString());
    }

    @Test
    void aLevelThereIsNotIsRefused() throws Exception {
        Result result = dyno.run("--isolation", "vm", "true");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("'vm' is no level of isolation");
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void theDoctorNamesWhatThereIs() throws Exception {
        Result doctor = dyno.call("doctor");

        assertThat(doctor.status()).isZero();
        assertThat(doctor.out().lines().map(line -> line.replaceFirst("^[✓!✗] (\\w+).*", "$1")))
                .contains(
                        "state",
                        "shell",
                        "isolation",
                        "files",
                        "memory",
                        "processes",
                        "terminal",
                        "java",
                        "natives");
        assertThat(dyno.call("doctor", "--json").out())
                .containsSubsequence("\"name\": \"state\"", "\"state\": \"ok\"", "\"remedy\"");
    }

    @Test
    void theDoctorSaysWhereDynoCannotRunAtAll() throws Exception {
        Result doctor =
                dyno.call(
                        Map.of("DYNO_HOME", "/proc/nowhere"), new byte[0], "doctor", "--no-color");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.out()).contains("✗ state", "Set DYNO_HOME to a directory of yours.");
    }

    private void assumeNamespaces() throws Exception {
        assumeTrue(dyno.call("doctor").out().contains("namespaces: own /app"));
    }
}
