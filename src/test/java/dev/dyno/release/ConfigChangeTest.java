package dev.dyno.release;

import static dev.dyno.release.TestApp.vars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Config vars that are set, and what they are together with those of .env. */
class ConfigChangeTest {
    @TempDir Path root;
    private TestApp app;

    @BeforeEach
    void deploy() throws IOException {
        app = new TestApp(root);
        app.write("one");
        app.deploy("A", "1", "B", "2");
    }

    private Release unset(String... names) {
        return app.releases().change(ConfigChange.unsetting(List.of(names)), "ann");
    }

    @Test
    void eachChangeIsARelease() {
        Release set = app.set("X", "1", "Y", "a\nb=\\");

        assertThat(set.version()).isEqualTo(2);
        assertThat(set.description()).isEqualTo("Set X, Y config vars");
        assertThat(set.config()).isEqualTo(vars("A", "1", "B", "2", "X", "1", "Y", "a\nb=\\"));
        assertThat(app.deploy("A", "1", "B", "2").release().id())
                .as("the next run is of it")
                .isEqualTo(set.id());
        Release removed = unset("X", "NEVER");
        assertThat(removed.version()).isEqualTo(3);
        assertThat(removed.description()).isEqualTo("Remove X, NEVER config vars");
        assertThat(removed.config()).isEqualTo(vars("A", "1", "B", "2", "Y", "a\nb=\\"));
    }

    @Test
    void whatChangesNothingIsNone() {
        app.set("X", "1");

        assertThat(app.set("X", "1").version()).isEqualTo(2);
        assertThat(unset("NEVER").version()).isEqualTo(2);
    }

    @Test
    void whatWasSetCountsAndNotWhatEnvSays() {
        assertThat(app.set("A", "set").config()).isEqualTo(vars("A", "set", "B", "2"));
        assertThat(app.deploy("A", "other", "B", "2").release().config())
                .isEqualTo(vars("A", "set", "B", "2"));
        assertThat(unset("A").config())
                .as("the value of .env is there again")
                .isEqualTo(vars("A", "1", "B", "2"));
        Config config = app.releases().config(vars("A", "new"));
        assertThat(config.vars()).isEqualTo(vars("A", "new"));
    }

    @Test
    void filesThatHaveChangedMeanwhileAreNotDeployed() throws IOException {
        app.write("two");

        app.set("X", "1");

        Deploy next = app.deploy("A", "1", "B", "2");
        assertThat(next.release().version()).isEqualTo(3);
        assertThat(next.deploysSlug()).isTrue();
        assertThat(next.release().config()).isEqualTo(vars("A", "1", "B", "2", "X", "1"));
    }

    @Test
    void onlyTheUserMayReadThem() throws IOException {
        app.set("SECRET", "x");

        assertThat(Files.getPosixFilePermissions(app.state("config")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void twoAtOnceLoseNothing() throws Exception {
        var all = new ArrayList<Callable<Release>>();
        for (int i = 0; i < 30; i++) {
            int number = i;
            all.add(() -> app.set("V" + number, "" + number));
            all.add(() -> app.deploy("A", "1", "B", "2").release());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }

        Release last = app.releases().current().orElseThrow();
        assertThat(last.version()).isEqualTo(31);
        assertThat(last.config().values()).hasSize(32).containsEntry("V29", "29");
        assertThat(app.deploy("A", "1", "B", "2").isNew()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A-B", "a.b", "Ä", "__A", "A B"})
    void aNameThatHerokuDoesNotTakeIsRefused(String name) {
        assertThatThrownBy(() -> ConfigChange.checkName(name))
                .isInstanceOf(UserError.class)
                .hasMessage("'" + name + "' is no name of a config var");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "_a", "A__B", "1", "lower_9"})
    void aNameThatHerokuTakesIsTaken(String name) {
        assertThat(app.set(name, "").config().values()).containsEntry(name, "");
    }

    @Test
    void allTogetherMayHave64KilobytesAndBeyondNothingIsChanged() {
        app.set("BIG", "x".repeat(32 * 1024), "E", "é".repeat(16_000));

        assertThatThrownBy(() -> app.set("OK", "1", "MORE", "x".repeat(800)))
                .isInstanceOf(UserError.class)
                .hasMessage("Config vars may have 64 kB in all, and these have 65 kB");

        assertThat(app.releases().current().orElseThrow().version()).isEqualTo(2);
        assertThat(app.deploy("A", "1", "B", "2").isNew()).isFalse();
    }

    @Test
    void aDamagedFileIsNamedAndNotOverlooked() throws IOException {
        app.set("X", "1");
        Files.delete(app.state("config"));
        Files.createDirectory(app.state("config"));

        Deploy next = app.deploy("A", "1", "B", "2");

        assertThat(next.warnings())
                .containsExactly(
                        app.state("config")
                                + " is ignored, and with it all that config:set has set:"
                                + " it is no file");
        assertThat(next.release().description()).isEqualTo("Remove X config vars");
    }

    @Test
    void theFirstUseOfAnAppIsOnce() throws IOException {
        assertThat(app.releases().begin(vars("S", "1"))).as("it has a release").isFalse();
        Path other = Files.createDirectory(root.resolve("other"));
        var fresh = new TestApp(other);

        assertThat(fresh.releases().begin(vars("S", "1"))).isTrue();
        assertThat(fresh.releases().begin(vars("S", "2"))).isFalse();
        assertThat(fresh.deploy().release().config()).isEqualTo(vars("S", "1"));
    }

    @Test
    void aRetryIsTheSameOnceMore() {
        Release set = app.set("X", "1");

        Release retry = app.releases().retry("ann");

        assertThat(retry.version()).isEqualTo(3);
        assertThat(retry.description()).isEqualTo("Retry of v2: Set X config vars");
        assertThat(retry.config()).isEqualTo(set.config());
        assertThat(app.deploy("A", "1", "B", "2").release().id()).isEqualTo(retry.id());
    }
}
