package dev.dyno.bundle;

import static dev.dyno.bundle.Forgery.bytes;
import static dev.dyno.bundle.Forgery.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that would take more of the machine than any one-off is refused before it has. */
class BombTest {
    @TempDir Path directory;
    private Attack attack;

    @BeforeEach
    void exportOne() throws IOException {
        attack = new Attack(directory);
    }

    @Test
    void withMoreThanTheDiskHolds() throws IOException {
        attack.refused(
                attack.forgery()
                        .after(
                                "slug/link",
                                new Header(bytes("slug/x"), '0', 0644, 1L << 50, 0, new byte[0])
                                        .bytes()),
                "it would take more than 64 GB");
        attack.refused(
                attack.forgery()
                        .after(
                                "slug/link",
                                new Header(
                                                bytes("slug/x"),
                                                '0',
                                                0644,
                                                Long.MAX_VALUE,
                                                0,
                                                new byte[0])
                                        .bytes()),
                "it would take more than 64 GB");
        attack.refused(
                attack.forgery().edit("run", text -> text.concat("x".repeat(9 << 20))),
                "its run is too long");
    }

    @Test
    void withDirectoriesThatAreNestedTooDeep() throws IOException {
        var deep = new ByteArrayOutputStream();
        var name = new StringBuilder("slug/m");
        for (int i = 0; i < 600; i++) {
            deep.writeBytes(directory(name.append("/").toString()));
            name.append("m");
        }
        attack.refused(
                attack.forgery().after("slug/link", deep.toByteArray()),
                "directories in it are nested deeper than 500");
    }

    @Test
    void withMoreEntriesThanAnAppHas() throws IOException {
        var bounds = new Bounds(3, 1000, 1000, 1, 1);
        for (int i = 0; i < 3; i++) {
            bounds.entry(0);
        }
        assertThatThrownBy(() -> bounds.entry(0)).hasMessage("it has more than 3 entries");
    }

    @Test
    void thatIsPackedSoWellThatItCanOnlyBeABomb() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var packer = new Packer(packed)) {
            byte[] zeros = new byte[Member.BLOCK];
            byte[] ones = zeros.clone();
            Arrays.fill(ones, (byte) 1);
            for (int i = 0; i < 20; i++) {
                packer.write(i < 10 ? zeros : ones);
            }
            packer.seal();
        }
        byte[] bundle = packed.toByteArray();
        int members = bundle.length - Seal.LENGTH;
        long doubtful = 5 * Member.BLOCK;
        var bounds = new Bounds(9, 1L << 40, doubtful, 50, bundle.length);
        try (var unpacker =
                new Unpacker(new ByteArrayInputStream(bundle, 0, members), members, bounds)) {
            assertThat(unpacker.readNBytes(15 * Member.BLOCK)).hasSize(15 * Member.BLOCK);
            assertThatThrownBy(unpacker::readAllBytes)
                    .hasMessage("it would take more than 50 times its size");
        }
    }
}
