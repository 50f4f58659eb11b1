package dev.dyno.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What releases remember of their release phases. */
class ReleasePhaseTest {
    @TempDir Path directory;
    private App app;
    private Releases releases;

    @BeforeEach
    void makeTheApp() throws IOException {
        app = App.of(Files.createDirectory(directory.resolve("shop")).toRealPath());
        var home = new Home(directory.resolve("home"));
        releases = new Releases(home, app, InstantSource.system(), 2, () -> InUse.NOTHING);
    }

    private int deploy(String content) throws IOException {
        Files.writeString(app.directory().resolve("file"), content);
        var none = new ConfigVars(Map.of());
        try (Deploy deploy = releases.deploy(none, "ann", false, () -> false)) {
            assertThat(deploy.warnings()).isEmpty();
            return deploy.release().version();
        }
    }

    private Path file(String name) {
        return releases.output(1).resolveSibling(name);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsRememberedAndTheReleaseStaysAsItWas(Status status) throws IOException {
        int version = deploy("1");
        Release before = releases.find(version).orElseThrow();
        assertThat(releases.status(version)).isEmpty();

        releases.setStatus(version, Status.PENDING);
        releases.setStatus(version, status);

        assertThat(releases.status(version)).hasValue(status);
        assertThat(file("v1.status")).hasContent("status=" + status.toString());
        assertThat(releases.all()).containsExactly(before);
        assertThat(releases.warnings()).isEmpty();
        assertThat(deploy("1")).as("unchanged").isEqualTo(version);
    }

    @Test
    void itsOutputIsForItsUserOnlyAndBeginsAnew() throws IOException {
        int version = deploy("1");
        Files.writeString(releases.newOutput(version), "first try");
        assertThat(releases.output(version)).hasContent("first try");

        assertThat(releases.newOutput(version)).isEmptyFile().isEqualTo(file("v1.output"));
        assertThat(Files.getAttribute(file("v1.output"), "unix:mode")).isEqualTo(0100600);
        assertThat(releases.current()).map(Release::version).hasValue(1);
        assertThat(releases.warnings()).isEmpty();
    }

    @Test
    void bothGoWithTheRelease() throws IOException {
        for (int i = 1; i <= 4; i++) {
            int version = deploy("content " + i);
            releases.setStatus(version, Status.SUCCEEDED);
            releases.newOutput(version);
        }
        try (var files = Files.list(file(""))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "v3", "v3.status", "v3.output", "v4", "v4.status", "v4.output");
        }
    }

    @Test
    void aReleaseMadeAgainAfterAPowerCutHasNoStatusOfTheLostOne() throws IOException {
        deploy("1");
        releases.setStatus(deploy("2"), Status.FAILED);
        releases.newOutput(2);
        Files.delete(file("v2"));

        assertThat(deploy("2")).isEqualTo(2);
        assertThat(releases.status(2)).isEmpty();
        assertThat(releases.output(2)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status=unknown\n", "rubbish"})
    void aDamagedStatusIsNoneAndIsNamed(String text) throws IOException {
        int version = deploy("1");
        Files.writeString(file("v1.status"), text);

        assertThat(releases.status(version)).isEmpty();
        assertThat(releases.warnings()).singleElement().asString().contains("v1.status is ignored");
        releases.setStatus(version, Status.FAILED);
        assertThat(releases.status(version)).hasValue(Status.FAILED);
    }

    @Test
    void whatIsForeignIsStillNamed() throws IOException {
        deploy("1");
        for (String name : List.of("v0.status", "notes.output", "v1.txt", ".status")) {
            Files.createFile(file(name));
        }
        assertThat(releases.current()).isPresent();
        assertThat(releases.warnings()).hasSize(4).allMatch(text -> text.endsWith("is no release"));
    }

    @Test
    void aVersionIsReadWithAndWithoutItsLetter() {
        assertThat(Releases.version("v11")).hasValue(11);
        assertThat(Releases.version("11")).hasValue(11);
        for (String none : List.of("", "v", "0", "v0", "-1", "vv1", "1.2", "99999999999")) {
            assertThat(Releases.version(none)).as(none).isEmpty();
        }
    }
}
