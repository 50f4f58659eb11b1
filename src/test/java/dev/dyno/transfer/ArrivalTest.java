package dev.dyno.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive from a hostile dyno writes nothing but new files below the one place. */
class ArrivalTest {
    @TempDir Path root = Path.of("");

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private Path to = Path.of("");

    @BeforeEach
    void place() throws IOException {
        to = root.resolve("out");
        Files.writeString(root.resolve("victim"), "mine");
    }

    private void entry(String name, char type, int mode, String contents) throws IOException {
        byte[] bytes = contents.getBytes(StandardCharsets.UTF_8);
        var header = new byte[Tar.BLOCK];
        byte[] encoded = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(encoded, 0, header, 0, encoded.length);
        Tar.octal(header, Tar.MODE, 7, mode);
        Tar.octal(header, Tar.SIZE, 11, bytes.length);
        header[Tar.TYPE] = (byte) type;
        // Where a link leads: to the victim, whatever kind it is.
        byte[] target = "../victim".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(target, 0, header, 157, target.length);
        Tar.octal(header, Tar.CHECKSUM, 6, Tar.checksum(header));
        header[Tar.CHECKSUM + 7] = ' ';
        archive.write(header);
        archive.write(bytes);
        archive.write(new byte[Tar.padding(bytes.length)]);
    }

    private void file(String name) throws IOException {
        entry(name, Tar.FILE, 0644, "evil");
    }

    private Arrival arrive() throws IOException {
        archive.write(new byte[2 * Tar.BLOCK]);
        var arrival = new Arrival(to);
        arrival.directory(new ByteArrayInputStream(archive.toByteArray()));
        return arrival;
    }

    private void refused() throws IOException {
        assertThatThrownBy(this::arrive).isInstanceOf(IOException.class);
        assertThat(Files.readString(root.resolve("victim"))).isEqualTo("mine");
        try (Stream<Path> all = Files.list(root)) {
            assertThat(all).containsOnly(root.resolve("victim"), to);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../victim",
                "a/../../victim",
                "/tmp/victim",
                "..",
                "./..",
                "a/b",
                "nodir/x"
            })
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        file(name);
        refused();
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6', 'x', 'g', 'S', 'Z'})
    void whatIsNoFileAndNoDirectoryIsLeftOut(char type) throws IOException {
        entry("odd", type, 0644, "data");
        file("plain");

        assertThat(arrive().leftOut()).isEqualTo(1);
        try (Stream<Path> all = Files.list(to)) {
            assertThat(all).containsExactly(to.resolve("plain"));
        }
    }

    @Test
    void nothingIsWrittenThroughALinkThatWasPutThereMeanwhile() throws IOException {
        Files.createDirectory(to);
        Files.createSymbolicLink(to.resolve("a"), root.resolve("victim"));
        file("a");
        refused();
    }

    @Test
    void aPlaceThatIsThereAlreadyIsNotUsed() throws IOException {
        Files.createSymbolicLink(to, root.resolve("nowhere"));
        file("a");
        refused();
    }

    @Test
    void oneNameTwiceIsRefused() throws IOException {
        file("a");
        file("a");
        refused();
    }

    @Test
    void aFileIsNoDirectoryForTheNext() throws IOException {
        file("a");
        file("a/b");
        refused();
    }

    @Test
    void modesAreTheOwnersAlone() throws IOException {
        entry("d/", Tar.DIRECTORY, 07777, "");
        entry("d/run", Tar.FILE, 06777, "x");
        entry("d/read", Tar.FILE, 0, "x");
        arrive();

        assertThat(mode("d")).isEqualTo("rwx------");
        assertThat(mode("d/run")).isEqualTo("rwx------");
        assertThat(mode("d/read")).isEqualTo("rw-------");
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve(name)));
    }

    @Test
    void aNameThatIsNoTextIsLeftOut() throws IOException {
        file("bad\u00ff");

        assertThat(arrive().leftOut()).isEqualTo(1);
    }

    @Test
    void anArchiveThatEndsEarlyIsAnError() throws IOException {
        entry("a", Tar.FILE, 0644, "x".repeat(2000));
        byte[] whole = archive.toByteArray();
        for (int length : List.of(0, 100, 512, 600, 2000, whole.length)) {
            Path place = root.resolve("cut" + length);
            var cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> new Arrival(place).directory(cut))
                    .as("cut at " + length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void noiseIsNoArchive() {
        var random = new Random(11);
        for (int i = 0; i < 300; i++) {
            var noise = new byte[4096];
            random.nextBytes(noise);
            Path place = root.resolve("noise" + i);
            assertThatThrownBy(() -> new Arrival(place).directory(new ByteArrayInputStream(noise)))
                    .isInstanceOf(IOException.class);
        }
    }
}
