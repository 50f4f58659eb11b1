package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of all kinds on their way into a slug. Each promise by NIO and by the C library. */
class SlugFilesTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void namesOfAnyBytesAreKept(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
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
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
        Path setuid = workshop.write("bin/tool", "#!/bin/sh\n");
        shell("chmod 4755 '" + setuid + "'; mkfifo '" + workshop.app + "/pipe'");
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.file("pipe")).doesNotExist();
        assertThat((Integer) Files.getAttribute(workshop.file("bin/tool"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(workshop.snapshot()).isFalse();
    }

    private static void shell(String script) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aSparseFileStaysSparseAndCanBeCopiedOut(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
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
    void aFileThatIsWrittenToWithoutPauseIsWholeInTheEnd(boolean natively) throws Exception {
        Workshop workshop = Workshop.withSlug(directory, natively, 0);
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

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noFileOutsideTheAppIsReadThroughALink(boolean natively) throws IOException {
        Workshop workshop = Workshop.withSlug(directory, natively, 1);
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
