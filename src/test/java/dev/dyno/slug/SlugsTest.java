package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each promise by NIO and by the C library, with times that are trusted and with none that is. */
class SlugsTest {
    @TempDir Path directory;

    private Workshop workshop(boolean natively, int hours) throws IOException {
        var workshop = new Workshop(directory, natively, Duration.ofHours(hours));
        workshop.write("Procfile", "web: true\n");
        workshop.write("lib/a.rb", "a");
        workshop.write("lib/deep/b.rb", "b");
        Files.createSymbolicLink(workshop.app.resolve("link"), Path.of("lib/a.rb"));
        Files.createDirectory(workshop.app.resolve("empty"));
        workshop.write(".env", "SECRET=1\n");
        workshop.write(".git/HEAD", "ref");
        assertThat(workshop.snapshot()).isTrue();
        return workshop;
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void anUnchangedAppIsTheSameSlug(boolean natively, int hours) throws IOException {
        Workshop workshop = workshop(natively, hours);
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
        Workshop workshop = workshop(natively, hours);
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
        Workshop workshop = workshop(natively, hours);
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
        Workshop workshop = workshop(natively, hours);
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
        Workshop workshop = workshop(natively, 1);
        SlugId first = workshop.slug().id();
        workshop.write("lib/a.rb", "other");
        assertThat(workshop.snapshot()).isTrue();
        workshop.write("lib/a.rb", "a");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.slug().id()).isEqualTo(first);
        assertThat(workshop.snapshot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 0", "false, 0"})
    void aSlugThatSomebodyChangedIsMadeAnew(boolean natively, int hours) throws IOException {
        Workshop workshop = workshop(natively, hours);
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
        Workshop workshop = workshop(natively, 1);
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
    void newRulesForWhatIsLeftOutAreANewSlug(boolean natively) throws IOException {
        Workshop workshop = workshop(natively, 1);
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

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void namesOfAnyBytesAreKept(boolean natively) throws IOException {
        Workshop workshop = workshop(natively, 1);
        for (String name :
                List.of("%FF%FE", "a%0Ab", "%1B[31m", "-rf", "%20", "%C3%A4", "a%CC%88")) {
            Path file = Path.of(URI.create("file://" + workshop.app + "/" + uri(name)));
            Files.writeString(file, name);
            Files.createSymbolicLink(
                    Path.of(URI.create("file://" + workshop.app + "/link" + uri(name))),
                    file.getFileName());
        }
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.snapshot()).isFalse();
        assertThat(Tree.of(workshop.slug().files()))
                .isEqualTo(Tree.without(Tree.of(workshop.app), ".env", ".git"));
    }

    private static String uri(String name) {
        return name.replace("[", "%5B");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void specialFilesAreLeftOutAndSpecialBitsAreDropped(boolean natively) throws Exception {
        Workshop workshop = workshop(natively, 1);
        Path setuid = workshop.write("bin/tool", "#!/bin/sh\n");
        shell("chmod 4755 '" + setuid + "'; mkfifo '" + workshop.app + "/pipe'");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("pipe")).doesNotExist();
        assertThat((Integer) Files.getAttribute(workshop.file("bin/tool"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(workshop.snapshot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aSparseFileStaysSparseAndCanBeCopiedOut(boolean natively) throws IOException {
        Workshop workshop = workshop(natively, 1);
        try (var file = new RandomAccessFile(workshop.app.resolve("sparse").toFile(), "rw")) {
            file.setLength(64 << 20);
            file.seek(32 << 20);
            file.write(1);
        }
        assertThat(workshop.snapshot()).isTrue();
        Path sparse = workshop.file("sparse");
        assertThat(sparse).hasSameBinaryContentAs(workshop.app.resolve("sparse"));
        assertThat(Workshop.blocks(sparse)).isLessThan(1000);
        Path copy = Files.createDirectory(directory.resolve("copy"));
        workshop.slug().copyInto(copy, natively, () -> false);
        assertThat(Tree.of(copy)).isEqualTo(Tree.of(workshop.slug().files()));
        assertThatThrownBy(() -> workshop.slug().copyInto(copy, natively, () -> true))
                .isInstanceOf(Stopped.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatFailsOrIsStoppedLeavesNothing(boolean natively) throws IOException {
        Workshop workshop = workshop(natively, 1);
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
        Workshop workshop = workshop(natively, 1);
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

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFileThatIsWrittenToWithoutPauseIsWholeInTheEnd(boolean natively) throws Exception {
        Workshop workshop = workshop(natively, 0);
        Path busy = workshop.write("busy", "0".repeat(1 << 20));
        var done = new java.util.concurrent.atomic.AtomicBoolean();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var file = new RandomAccessFile(busy.toFile(), "rw")) {
                                for (int i = 0; !done.get(); i++) {
                                    file.seek(i & 0xfffff);
                                    file.write(i);
                                }
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        try {
            assertThat(workshop.snapshot()).isTrue();
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(Files.size(workshop.file("busy"))).isEqualTo(1 << 20);
        workshop.snapshot();
        assertThat(workshop.file("busy")).hasSameBinaryContentAs(busy);
        assertThat(workshop.snapshot()).isFalse();
    }

    private static void shell(String script) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noFileOutsideTheAppIsReadThroughALink(boolean natively) throws IOException {
        Workshop workshop = workshop(natively, 1);
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Path lib = workshop.app.resolve("lib");
        Files.move(lib, directory.resolve("moved"));
        Files.createSymbolicLink(lib, outside);
        assertThat(workshop.snapshot()).isTrue();
        assertThat(Files.isSymbolicLink(workshop.file("lib"))).isTrue();
        assertThat(Files.exists(workshop.file("lib"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
