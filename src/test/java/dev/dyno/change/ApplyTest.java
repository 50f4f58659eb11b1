package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slug, what a dyno made of it, and the app's directory that is to get that too. */
class ApplyTest {
    @TempDir Path directory = Path.of("");
    private Path slug = Path.of("");
    private Path dyno = Path.of("");
    private Path app = Path.of("");

    @BeforeEach
    void makeTheTrees() throws IOException {
        slug = Files.createDirectory(directory.resolve("slug"));
        dyno = Files.createDirectory(directory.resolve("dyno"));
        app = Files.createDirectory(directory.resolve("app"));
    }

    /** In all three, so that nothing is changed yet. */
    private void everywhere(String name, String text) throws IOException {
        for (Path root : List.of(slug, dyno, app)) {
            write(root, name, text);
        }
    }

    private static void write(Path root, String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private Apply plan(String... paths) {
        List<Name> names =
                java.util.Arrays.stream(paths).map(path -> Name.of(Path.of(path))).toList();
        return new Apply(Changes.inCopy(slug, dyno).within(names), app);
    }

    private static List<String> conflicts(Apply plan) {
        return plan.conflicts().stream()
                .map(conflict -> conflict.path() + " " + conflict.why())
                .toList();
    }

    @Test
    void anyChangesCanBeMade() throws IOException {
        var chance = new Random(3);
        for (int i = 0; i < 60; i++) {
            RandomTree before = RandomTree.of(chance, true);
            RandomTree after = before.changed();
            slug = before.write(directory.resolve(i + "slug"), null);
            app = before.write(directory.resolve(i + "app"), null);
            dyno = after.write(directory.resolve(i + "dyno"), before);
            Apply plan = plan();
            assertThat(plan.conflicts()).as("round %d", i).isEmpty();
            plan.run();
            assertThat(Changes.inOverlay(app, dyno).all()).as("round %d", i).isEmpty();
            assertThat(Changes.inOverlay(dyno, app).all()).as("round %d", i).isEmpty();
            Apply again = plan();
            assertThat(again.writings() + again.deletions()).as("round %d", i).isZero();
        }
    }

    @Test
    void onlyWhatWasChosenIsMade() throws IOException {
        everywhere("lib/a.rb", "a");
        write(dyno, "lib/a.rb", "changed");
        write(dyno, "db/migrate/1.rb", "migration");
        write(dyno, "db/schema.rb", "schema");
        plan("db/migrate").run();
        assertThat(app.resolve("db/migrate/1.rb")).hasContent("migration");
        assertThat(app.resolve("db/schema.rb")).doesNotExist();
        assertThat(app.resolve("lib/a.rb")).hasContent("a");
    }

    @Test
    void whatWasChangedMeanwhileIsNamedAndNothingIsMade() throws IOException {
        everywhere("a", "a");
        everywhere("b", "b");
        everywhere("c", "c");
        write(dyno, "a", "dyno's");
        write(app, "a", "user's");
        write(dyno, "b", "dyno's");
        Files.delete(app.resolve("b"));
        write(dyno, "new", "dyno's");
        write(app, "new", "user's");
        Files.delete(dyno.resolve("c"));
        write(app, "c", "user's");
        write(dyno, "fine", "dyno's");
        Apply plan = plan();
        assertThat(conflicts(plan))
                .containsExactly(
                        "a was changed in the app meanwhile",
                        "b was deleted in the app meanwhile",
                        "c was changed in the app meanwhile",
                        "new is in the app already");
        assertThatThrownBy(plan::run).isInstanceOf(IllegalStateException.class);
        assertThat(app.resolve("fine")).doesNotExist();
        assertThat(app.resolve("a")).hasContent("user's");
    }

    @Test
    void aFileThatIsChangedAfterTheLookIsNotWrittenOver() throws IOException {
        everywhere("a", "a");
        write(dyno, "a", "dyno's");
        Apply plan = plan();
        write(app, "a", "user's");
        assertThatThrownBy(plan::run)
                .isInstanceOf(UserError.class)
                .hasMessage("a was changed in the app meanwhile");
        assertThat(app.resolve("a")).hasContent("user's");
    }

    @Test
    void aLinkInTheAppLeadsNobodyOut() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(app.resolve("config"), outside);
        write(dyno, "config/new", "dyno's");
        assertThat(conflicts(plan()))
                .containsExactly("config/new lies below config, which is no directory in the app");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkThatWasAFileIsReplacedAndNotFollowed() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "safe");
        Files.createSymbolicLink(slug.resolve("link"), outside);
        Files.createSymbolicLink(app.resolve("link"), outside);
        write(dyno, "link", "dyno's");
        plan().run();
        assertThat(outside).hasContent("safe");
        assertThat(Files.isSymbolicLink(app.resolve("link"))).isFalse();
        assertThat(app.resolve("link")).hasContent("dyno's");
    }

    @Test
    void aDirectoryWithMoreInItIsNotReplacedByAFile() throws IOException {
        everywhere("tmp/a", "a");
        write(app, "tmp/ignored.log", "user's");
        Files.delete(dyno.resolve("tmp/a"));
        Files.delete(dyno.resolve("tmp"));
        write(dyno, "tmp", "a file now");
        assertThat(conflicts(plan()))
                .containsExactly("tmp is a directory in the app, with more in it");
        Files.delete(app.resolve("tmp/ignored.log"));
        plan().run();
        assertThat(app.resolve("tmp")).hasContent("a file now");
    }

    @Test
    void aReadOnlyFileIsReplacedByOneThatIsReadOnlyToo() throws IOException {
        everywhere("key", "old");
        for (Path root : List.of(slug, app)) {
            Files.setPosixFilePermissions(
                    root.resolve("key"), PosixFilePermissions.fromString("r--------"));
        }
        write(dyno, "key", "new one");
        Files.setPosixFilePermissions(
                dyno.resolve("key"), PosixFilePermissions.fromString("r-x------"));
        plan().run();
        assertThat(app.resolve("key")).hasContent("new one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app.resolve("key"))))
                .isEqualTo("r-x------");
        try (var names = Files.list(app)) {
            assertThat(names).as("nothing else is left").containsExactly(app.resolve("key"));
        }
    }

    @Test
    void aFailureLeavesEachFileWhole() throws IOException {
        everywhere("a", "old");
        write(dyno, "a", "new one");
        write(dyno, "b/c", "new");
        Apply plan = plan();
        Files.createSymbolicLink(app.resolve("b"), directory); // put there after the look
        assertThatThrownBy(plan::run)
                .isInstanceOf(UserError.class)
                .hasMessage("b/c lies below b, which is no directory in the app");
        assertThat(app.resolve("a")).hasContent("new one");
        assertThat(Files.exists(directory.resolve("c"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
}
