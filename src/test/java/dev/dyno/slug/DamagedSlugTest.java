package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Slugs that somebody changed, a power cut emptied or a kill left half made. Each promise by NIO
 * and by the C library.
 */
class DamagedSlugTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void aSlugThatSomebodyChangedIsMadeAnew(boolean natively, int hours) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, hours);
        SlugId id = workshop.slug().id();
        for (String file : List.of("lib/deep/b.rb", "Procfile")) {
            Files.writeString(workshop.file(file), "tampered");
            assertThat(workshop.slugs.verify(id, natively, () -> false)).isFalse();
            assertThat(workshop.snapshot()).isTrue();
            assertThat(workshop.warnings)
                    .singleElement()
                    .asString()
                    .contains("slug " + id.abbreviated() + " was changed");
            assertThat(workshop.slug().id()).isEqualTo(id);
            assertThat(workshop.slugs.verify(id, natively, () -> false)).isTrue();
            assertThat(workshop.snapshot()).isFalse();
        }
        Files.writeString(workshop.file("empty").resolve("foreign"), "");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("empty").resolve("foreign")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void afterAPowerCutContentsDecide(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        Path file = workshop.slug().directory().resolve(Slugs.INDEX);
        Index index = Index.read(file);
        Entry tree = index.tree(new boolean[index.count()]);
        // What the disk lost is as long and as old as what was written.
        Path lost = workshop.file("lib/a.rb");
        FileTime time = Files.getLastModifiedTime(lost);
        Files.writeString(lost, "\0");
        Files.setLastModifiedTime(lost, time);
        Index.write(tree, rules(file), "another boot", file);
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("lib/a.rb")).hasContent("a");
        assertThat(workshop.snapshot()).isFalse();
    }

    private static long rules(Path index) throws IOException {
        try (var file = new RandomAccessFile(index.toFile(), "r")) {
            file.seek(16);
            return Long.reverseBytes(file.readLong());
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatFailsOrIsStoppedLeavesNothing(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        workshop.write("new/file", "x");
        Comparison due = workshop.slugs.compare(workshop.last, natively, () -> false);
        assertThatThrownBy(() -> workshop.slugs.make(due, natively, () -> true))
                .isInstanceOf(Stopped.class);
        Path gone = workshop.slug().directory();
        try (var entries = Files.newDirectoryStream(workshop.slugDirectory)) {
            assertThat(entries).containsExactly(gone);
        }
        assertThatThrownBy(() ->
                        new Slugs(
                                        workshop.slugDirectory,
                                        directory.resolve("none"),
                                        directory,
                                        java.time.InstantSource.system())
                                .compare(null, natively, () -> false))
                .isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatAKilledSnapshotLeftIsPruned(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        Slug old = workshop.slug();
        workshop.write("lib/a.rb", "changed");
        workshop.snapshot();
        Files.createDirectories(workshop.slugDirectory.resolve(".new-77/files/lib"));
        Files.createFile(workshop.slugDirectory.resolve("notes.txt"));
        var warnings = new java.util.ArrayList<String>();
        List<Path> gone =
                Prune.slugs(
                        workshop.slugDirectory, Set.of(workshop.slug().id()), Set.of(), warnings);
        gone.forEach(Removal::removeSoon);
        assertThat(old.directory()).doesNotExist();
        assertThat(warnings).singleElement().asString().contains("notes.txt");
        assertThat(workshop.slugDirectory.resolve(".new-77")).doesNotExist();
        assertThat(workshop.file("lib/deep/b.rb")).hasContent("b");
        assertThat(workshop.snapshot()).isFalse();
    }
}
