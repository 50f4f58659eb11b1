package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which changes of an app make a new slug. Each promise by NIO and by the C library, with times
 * that are trusted and with none that is.
 */
class SlugsTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void anUnchangedAppIsTheSameSlug(boolean natively, int hours) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, hours);
        assertThat(workshop.snapshot()).isFalse();
        assertThat(workshop.warnings).isEmpty();
        assertThat(Tree.of(workshop.slug().files()).keySet())
                .containsExactly(
                        "Procfile",
                        "empty",
                        "lib",
                        "lib/a.rb",
                        "lib/deep",
                        "lib/deep/b.rb",
                        "link");
        assertThat(workshop.slugs.verify(workshop.slug().id(), natively, () -> false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void eachKindOfChangeIsSeen(boolean natively, int hours) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, hours);
        Path a = workshop.app.resolve("lib/a.rb");
        FileTime before = Files.getLastModifiedTime(a);
        Files.writeString(a, "A");
        Files.setLastModifiedTime(a, before);
        assertThat(workshop.snapshot()).as("content, size and mtime restored").isTrue();
        assertThat(workshop.file("lib/a.rb")).hasContent("A");
        Files.setPosixFilePermissions(a, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(workshop.snapshot()).as("mode").isTrue();
        assertThat(Files.isExecutable(workshop.file("lib/a.rb"))).isTrue();
        Files.move(a, a.resolveSibling("c.rb"));
        assertThat(workshop.snapshot()).as("rename").isTrue();
        Files.delete(a.resolveSibling("c.rb"));
        assertThat(workshop.snapshot()).as("delete").isTrue();
        workshop.write("lib/deep/new/file", "x");
        assertThat(workshop.snapshot()).as("add").isTrue();
        Path link = workshop.app.resolve("link");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("lib/b.rb"));
        assertThat(workshop.snapshot()).as("target of a link").isTrue();
        Files.delete(link);
        Files.createDirectory(link);
        assertThat(workshop.snapshot()).as("type").isTrue();
        Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("rwx------"));
        assertThat(workshop.snapshot()).as("mode of a directory").isTrue();
        assertThat(workshop.snapshot()).as("nothing").isFalse();
        assertThat(Tree.of(workshop.slug().files()))
                .isEqualTo(Tree.without(Tree.of(workshop.app), ".env", ".git"));
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void aTouchedFileIsNoChange(boolean natively, int hours) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, hours);
        Files.setLastModifiedTime(workshop.app.resolve("lib/a.rb"), FileTime.fromMillis(5));
        Path link = workshop.app.resolve("link");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("lib/a.rb"));
        Files.createFile(workshop.app.resolve("lib/went"));
        Files.delete(workshop.app.resolve("lib/went"));
        assertThat(workshop.snapshot()).isFalse();
        assertThat(workshop.snapshot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void unchangedFilesAreSharedAndNeverWithTheApp(boolean natively, int hours) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, hours);
        Path old = workshop.file("lib/deep/b.rb");
        Object shared = Workshop.inode(old);
        workshop.write("lib/a.rb", "changed");
        Slug before = workshop.slug();
        assertThat(workshop.snapshot()).isTrue();
        assertThat(Workshop.inode(workshop.file("lib/deep/b.rb"))).isEqualTo(shared);
        assertThat(shared).isNotEqualTo(Workshop.inode(workshop.app.resolve("lib/deep/b.rb")));
        assertThat(before.files().resolve("lib/a.rb")).hasContent("a");
        assertThat(workshop.slugs.verify(before.id(), natively, () -> false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theSameContentIsTheSameSlugAgain(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        SlugId first = workshop.slug().id();
        workshop.write("lib/a.rb", "other");
        assertThat(workshop.snapshot()).isTrue();
        workshop.write("lib/a.rb", "a");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.slug().id()).isEqualTo(first);
        assertThat(workshop.snapshot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void newRulesForWhatIsLeftOutAreANewSlug(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        workshop.write("lib/deep/x.psd", "picture");
        workshop.write(".slugignore", "*.psd\n/empty\n");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("lib/deep/x.psd")).doesNotExist();
        assertThat(workshop.file("empty")).doesNotExist();
        workshop.write("lib/deep/y.psd", "picture");
        assertThat(workshop.snapshot()).isFalse();
        workshop.write(".slugignore", "/empty\n");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("lib/deep/x.psd")).exists();
        Files.delete(workshop.app.resolve(".slugignore"));
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("empty")).isDirectory();
    }
}
