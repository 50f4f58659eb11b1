package dev.dyno.release;

import static dev.dyno.release.TestApp.file;
import static dev.dyno.release.TestApp.vars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rollback brings back, and for how long. */
class RollbackTest {
    @TempDir Path root;
    private TestApp app;

    /** Three releases: v1 of one, v2 of two, both deployed, and v3 with a config var set. */
    @BeforeEach
    void deployTwice() throws IOException {
        app = new TestApp(root);
        app.write("one");
        app.deploy("A", "1");
        app.write("two");
        app.deploy("A", "2", "B", "2");
        app.set("SET", "3");
    }

    @Test
    void bringsBackFilesAndConfigForAllLaterRuns() throws IOException {
        Release made = app.rollBackTo(1, "A", "2", "B", "2");

        assertThat(made.version()).isEqualTo(4);
        assertThat(made.description()).isEqualTo("Rollback to v1");
        for (int i = 0; i < 2; i++) {
            Deploy later = app.deploy("A", "2", "B", "2");
            assertThat(later.isNew()).isFalse();
            assertThat(later.isRolledBack()).isTrue();
            assertThat(later.release().id()).isEqualTo(made.id());
            assertThat(later.release().config()).isEqualTo(vars("A", "1"));
            assertThat(file(later)).isEqualTo("one");
            assertThat(later.warnings()).isEmpty();
        }
        Path files = app.releases().files(() -> vars("A", "2", "B", "2"));
        assertThat(files.resolve("file")).hasContent("one");
        assertThat(app.releases().config(vars("A", "2", "B", "2")).vars())
                .isEqualTo(vars("A", "1"));
    }

    @Test
    void endsWithTheNextChangeOfAFile() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");
        app.write("three");

        Deploy next = app.deploy("A", "2", "B", "2");

        assertThat(next.isNew()).isTrue();
        assertThat(next.isRolledBack()).isFalse();
        assertThat(next.release().description())
                .isEqualTo("Deploy " + next.slug().id().abbreviated());
        assertThat(file(next)).isEqualTo("three");
        assertThat(next.release().config())
                .as("of .env; what was set is what v1 had set")
                .isEqualTo(vars("A", "2", "B", "2"));
        app.write("two");
        assertThat(file(app.deploy("A", "2", "B", "2"))).as("over is over").isEqualTo("two");
    }

    @Test
    void endsWithTheNextChangeOfEnv() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");

        Deploy next = app.deploy("A", "5");

        assertThat(next.isRolledBack()).isFalse();
        assertThat(file(next)).isEqualTo("two");
        assertThat(next.release().config()).isEqualTo(vars("A", "5"));
    }

    @Test
    void aChangeThatIsTakenBackIsNone() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");
        app.write("three");
        app.write("two");

        assertThat(app.deploy("A", "2", "B", "2").isRolledBack()).isTrue();
    }

    @Test
    void isOverTooWhereTheDirectoryBecomesWhatWasRolledBackTo() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");
        app.write("one");
        app.deploy("A", "1");
        app.write("two");

        assertThat(file(app.deploy("A", "2", "B", "2"))).isEqualTo("two");
    }

    @Test
    void whatWasNotDeployedYetIsNotDeployedByIt() throws IOException {
        app.write("edited");

        app.rollBackTo(1, "A", "edited");

        Deploy next = app.deploy("A", "edited");
        assertThat(next.isNew()).isFalse();
        assertThat(file(next)).isEqualTo("one");
        assertThat(app.deploy("A", "2", "B", "2").isRolledBack())
                .as("the env files of the release before count too: of a local -e")
                .isTrue();
    }

    @Test
    void configVarsSetMeanwhileKeepTheFilesRolledBackTo() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");

        Release set = app.set("NEW", "x");

        assertThat(set.version()).isEqualTo(5);
        assertThat(set.config()).isEqualTo(vars("A", "1", "NEW", "x"));
        Deploy next = app.deploy("A", "2", "B", "2");
        assertThat(next.isNew()).isFalse();
        assertThat(file(next)).isEqualTo("one");
        app.write("three");
        assertThat(app.deploy("A", "2", "B", "2").release().config())
                .isEqualTo(vars("A", "2", "B", "2", "NEW", "x"));
    }

    @Test
    void canItselfBeRolledBack() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");
        app.rollBackTo(3, "A", "2", "B", "2");

        Deploy next = app.deploy("A", "2", "B", "2");

        assertThat(next.isNew()).isFalse();
        assertThat(file(next)).isEqualTo("two");
        assertThat(next.release().config()).isEqualTo(vars("A", "2", "B", "2", "SET", "3"));
        assertThat(next.release().description()).isEqualTo("Rollback to v3");
    }

    @Test
    void staysInForceWhenOlderReleasesAreForgotten() throws IOException {
        app.rollBackTo(1, "A", "2", "B", "2");
        for (int i = 0; i < 4; i++) {
            app.releases(2).change(ConfigChange.setting(vars("N", "" + i).values()), "ann");
        }

        assertThat(app.releases(2).all()).hasSize(2);
        Deploy next = app.deploy("A", "2", "B", "2");
        assertThat(next.isNew()).isFalse();
        assertThat(file(next)).isEqualTo("one");
    }

    @Test
    void aSlugSomebodyTamperedWithIsNotBroughtBack() throws IOException {
        Release target = app.releases().find(1).orElseThrow();
        Path stored = app.state("slugs/" + target.slug().hex() + "/files/file");
        Files.writeString(stored, "bad");

        assertThatThrownBy(() -> app.rollBackTo(1, "A", "2", "B", "2"))
                .isInstanceOf(UserError.class)
                .hasMessage("the slug of v1 is damaged");
        assertThat(app.releases().current().orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void whereItsSlugIsGoneTheDirectoryIsRun() throws IOException {
        Release made = app.rollBackTo(1, "A", "2", "B", "2");
        Path slug = app.state("slugs/" + made.slug().hex());
        dev.dyno.slug.Removal.remove(slug);

        assertThat(file(app.deploy("A", "2", "B", "2"))).isEqualTo("two");
    }

    @Test
    void aReleaseOnDiskSaysWhatItWas() throws IOException {
        Release made = app.rollBackTo(3, "A", "a\nb");

        assertThat(app.releases().current().orElseThrow().fields()).isEqualTo(made.fields());
        try (Stream<Path> releases = Files.list(app.state("releases"))) {
            assertThat(releases.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("v1", "v2", "v3", "v4");
        }
    }
}
