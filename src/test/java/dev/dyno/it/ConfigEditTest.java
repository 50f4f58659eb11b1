package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The config vars in the editor of the user. */
@Timeout(120)
final class ConfigEditTest {
    private final Dyno dyno;

    ConfigEditTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    @Test
    void editorsChangesAreSetAndUnset() throws Exception {
        dyno.write(".env", "ENV=1\n");
        dyno.call("config:set", "A=1", "B=it's", "C=3");
        String editor = "sed -i -e '/^C=/d' -e 's/^A=.*/A=\"x\\\\ny\"/' -e '$aD=new'";

        Result result =
                dyno.call(
                        Map.of("EDITOR", editor),
                        "y\n".getBytes(StandardCharsets.UTF_8),
                        "config:edit");

        assertThat(result.err())
                .isEqualTo(
                        "Fetching config... done\n"
                                + "Update config on app with these values? (y/N)"
                                + " Updating config... done\n");
        assertThat(result.out())
                .isEqualTo(
                        """

                        Config Diff:
                        - A=1
                        + A="x\\ny"
                        - C=3
                        + D=new

                        """);
        assertThat(result.status()).isZero();
        dyno.says(0, "ENV=1\nA=\"x\\ny\"\nB=\"it's\"\nD=new\n", "", "config", "-s");
        assertThat(ConfigTest.events(dyno)).contains("Set A, D, remove C config vars by user U");
    }

    @Test
    void anEditorThatChangesNothingOrIsNotConfirmedChangesNothing() throws Exception {
        dyno.call("config:set", "A=1");

        assertThat(dyno.call(Map.of("VISUAL", "true"), new byte[0], "config:edit").err())
                .isEqualTo("Fetching config... done\n ›   Warning: no changes to config\n");
        assertThat(dyno.call(Map.of("VISUAL", "echo B=2 >>"), new byte[0], "config:edit").out())
                .contains("+ B=2");
        Result failed = dyno.call(Map.of("VISUAL", "exit 3 #"), new byte[0], "config:edit");
        assertThat(failed.err()).contains("Error: exit 3 # ended with status 3");
        assertThat(failed.status()).isEqualTo(1);
        Result invalid = dyno.call(Map.of("VISUAL", "echo rubbish >"), new byte[0], "config:edit");
        assertThat(invalid.err()).endsWith("    Error: Invalid line: rubbish\n");
        assertThat(invalid.status()).isEqualTo(1);
        dyno.says(0, "A=1\n", "", "config", "-s");
        Result one =
                dyno.call(
                        Map.of("VISUAL", "echo two >"),
                        "yes\n".getBytes(StandardCharsets.UTF_8),
                        "config:edit",
                        "A");
        assertThat(one.status()).as(one.toString()).isZero();
        dyno.says(0, "two\n", "", "config:get", "A");
    }
}
