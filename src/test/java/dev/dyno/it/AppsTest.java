package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about apps, and the first use of one. */
@Timeout(120)
final class AppsTest {
    private final Dyno dyno;

    AppsTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    @BeforeEach
    void app() throws Exception {
        dyno.write("Procfile", "web: true\nworker: true\n");
    }

    private static String user() {
        return System.getProperty("user.name") + "@localhost";
    }

    @Test
    void appsListsWhatWasUsed() throws Exception {
        dyno.says(0, "You have no apps.\n", "", "apps");
        dyno.run("true");
        Path other = Files.createDirectories(dyno.app().resolveSibling("the-other"));
        dyno.run("-a", other.toString(), "true");
        Files.delete(other);

        dyno.says(
                0,
                "=== "
                        + user()
                        + " Apps\n\napp        "
                        + dyno.app()
                        + "\nthe-other  "
                        + other
                        + " (gone)\n\n",
                "",
                "apps");
        assertThat(dyno.call("apps", "-j").out())
                .startsWith("[\n  {\n    \"id\": \"app-")
                .contains("\n    \"name\": \"app\",\n    \"directory\": \"" + dyno.app() + "\",")
                .contains("\"email\": \"" + user() + "\"", "\"version\": 1");
    }

    @Test
    void infoTellsWhereAnAppIsAndWhatRuns() throws Exception {
        dyno.run("true");
        Result info = dyno.call("apps:info");
        assertThat(info.out())
                .startsWith(
                        "=== app\n\nDirectory: "
                                + dyno.app()
                                + "\nFormation: web=1:Standard-1X worker=1:Standard-1X\nOwner:     "
                                + user()
                                + "\nRelease:   v1\nState:     ");
        assertThat(dyno.call("info", "app", "-s").out()).contains("release=v1\n");
        assertThat(dyno.call("apps:info", "--json").out()).contains("\"name\": \"app\"");
    }

    @Test
    void aRenamedAppIsCalledByItsNewNameAndKeepsItsState() throws Exception {
        dyno.run("true");

        dyno.says(0, "", "Renaming app to shop-2... done\n", "apps:rename", "shop-2");

        assertThat(dyno.run("true").err()).contains("Running true on shop-2... up");
        assertThat(dyno.call("releases", "-a", "shop-2").out())
                .startsWith("=== shop-2 Releases - Current: v1");
        assertThat(dyno.call("releases", "-a", "app").err()).contains("Couldn't find that app.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Shop", "1shop", "shop-", "a shop", "../shop"})
    void aNameHerokuWouldNotTakeIsRefused(String name) throws Exception {
        Result result = dyno.call("apps:rename", name);

        assertThat(result.err())
                .startsWith("Renaming app to " + name + "... !\n")
                .contains("'" + name + "' is no name of an app", "Error ID: invalid_params");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void twoAppsDoNotGetOneName() throws Exception {
        dyno.run("true");
        Path other = Files.createDirectories(dyno.app().resolveSibling("other"));
        dyno.run("-a", other.toString(), "true");

        Result result = dyno.call("apps:rename", "other");

        assertThat(result.err()).contains("Error: Name other is already taken", other.toString());
        assertThat(result.status()).isEqualTo(2);
        dyno.says(0, "", "Renaming app to app... done\n", "apps:rename", "app");
    }

    @Test
    void destroyRemovesWhatIsKeptAndNotTheAppsDirectory() throws Exception {
        dyno.run("true");
        dyno.call("config:set", "A=1");
        dyno.says(
                1,
                "",
                " ›   Error: Confirmation other did not match app. Aborted.\n",
                "apps:destroy",
                "--confirm",
                "other");

        dyno.says(0, "", "Destroying app... done\n", "apps:destroy", "--confirm", "app");

        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            assertThat(apps).isEmpty();
        }
        assertThat(dyno.app().resolve("Procfile")).exists();
        assertThat(dyno.run("echo \"[$A]\"").out()).isEqualTo("[]\n");
        Result asked = dyno.call(Map.of(), "app\n".getBytes(StandardCharsets.UTF_8), "apps:delete");
        assertThat(asked.err())
                .contains("To proceed, type app or re-run this command with --confirm app")
                .endsWith("> Destroying app... done\n");
    }

    @Test
    void anAppWhoseDirectoryIsGoneCanBeDestroyedByItsName() throws Exception {
        Path other = Files.createDirectories(dyno.app().resolveSibling("other"));
        dyno.run("-a", other.toString(), "true");
        Files.delete(other);

        dyno.says(
                0, "", "Destroying other... done\n", "apps:destroy", "-a", "other", "-c", "other");
        dyno.says(0, "You have no apps.\n", "", "apps");
    }

    @Test
    void anAppThatRunsIsNotDestroyed() throws Exception {
        Process process = dyno.start(Map.of(), "run", "echo up; cat");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("up");

            Result result = dyno.call("apps:destroy", "--confirm", "app");

            assertThat(result.err()).contains("Error: dynos of app run");
            assertThat(result.status()).isEqualTo(1);
        } finally {
            process.destroy();
            process.waitFor();
        }
        assertThat(dyno.call("apps").out()).contains("app ");
    }

    @Test
    void appJsonIsReadAtTheFirstUseAndNeverAgain() throws Exception {
        dyno.write(".env", "NEAR=env\n");
        dyno.write(
                "app.json",
                """
                {
                  "name": "A shop",
                  "env": {
                    "PLAIN": "1",
                    "NEAR": "default",
                    "KEY": {"description": "signs", "generator": "secret"},
                    "LEVEL": {"value": "info", "required": false},
                    "TOKEN": {"description": "of the mailer"},
                    "MAYBE": {"required": false}
                  },
                  "formation": {"web": {"quantity": 2, "size": "standard-2x"}, "worker": {"quantity": 0}},
                  "scripts": {"postdeploy": "bin/seed"}
                }
                """);

        Result first = dyno.run("echo $PLAIN $NEAR $LEVEL [$TOKEN$MAYBE] $KEY");

        assertThat(first.out()).matches("1 env info \\[] [0-9a-f]{64}\n");
        assertThat(first.err())
                .contains(
                        "Warning: app.json asks for TOKEN: dyno config:set TOKEN=…",
                        "Warning: the postdeploy script of app.json is not run by itself:"
                                + " dyno run 'bin/seed'");
        dyno.says(0, "web=2:Standard-2X worker=0:Standard-1X\n", "", "ps:scale");
        dyno.write("app.json", "{\"env\": {\"PLAIN\": \"2\"}}");
        Result second = dyno.run("echo $PLAIN $NEAR $LEVEL [$TOKEN$MAYBE] $KEY");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).doesNotContain("Warning");
        assertThat(dyno.call("releases").out()).contains("v2   Deploy");
    }

    @Test
    void anErrorInAppJsonIsNamedBeforeAnythingIsDone() throws Exception {
        dyno.write("app.json", "{\n  \"env\": {\n    \"A\": }\n}\n");
        Result broken = dyno.run("true");
        assertThat(broken.err()).contains("Error: app.json:3: not valid JSON");
        assertThat(broken.status()).isEqualTo(125);
        dyno.write("app.json", "{\"formation\": {\"web\": {\"quantity\": 1000}}}");
        assertThat(dyno.call("config:set", "A=1").err())
                .contains("Error: app.json: formation.web.quantity is not 0 to 100");
        dyno.write("app.json", "{\"expo\": {\"name\": \"x\"}}");
        assertThat(dyno.run("true").status()).isZero();
    }
}
