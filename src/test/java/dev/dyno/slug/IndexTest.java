package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
    @TempDir Path directory;

    private Path slugDirectory() {
        return directory.resolve("home/slugs");
    }

    private Path written() throws IOException {
        var workshop = new Workshop(directory, false, Duration.ZERO);
        workshop.write("Procfile", "web: true");
        workshop.write("lib/a", "a");
        workshop.write("lib/deep/b", "b");
        workshop.snapshot();
        return workshop.slug().directory().resolve(Slugs.INDEX);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = written();
        Index index = Index.read(file);
        Entry tree = index.tree(new boolean[index.count()]);
        assertThat(index.count()).isEqualTo(6);
        assertThat(index.isOfThisBoot()).isTrue();
        assertThat(file).startsWith(slugDirectory().resolve(SlugHash.of(tree).hex()));
        Path again = directory.resolve("again");
        Index.write(tree, 7, again);
        Index copy = Index.read(again);
        assertThat(copy.hasRules(7)).isTrue();
        assertThat(copy.rows).isEqualTo(index.rows);
        assertThat(copy.names).isEqualTo(index.names);
    }

    @Test
    void noCutAndNoWrongByteIsTakenForAnIndex() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = directory.resolve("broken");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] wrong = whole.clone();
            wrong[i] ^= 1;
            Files.write(file, wrong);
            assertRefused(file);
        }
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            byte[] any = new byte[random.nextInt(2000)];
            random.nextBytes(any);
            Files.write(file, any);
            assertRefused(file);
        }
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(
                        () -> {
                            Index index = Index.read(file);
                            index.tree(new boolean[index.count()]);
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aBrokenIndexCostsAWarningAndASnapshot() throws IOException {
        var workshop = new Workshop(directory, true, Duration.ZERO);
        workshop.write("Procfile", "web: true");
        workshop.snapshot();
        Path index = workshop.slug().directory().resolve(Slugs.INDEX);
        Files.write(index, new byte[50]);
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.warnings).singleElement().asString().contains(index.toString());
        Files.delete(index);
        Files.createDirectory(index);
        assertThat(workshop.snapshot()).isTrue();
        assertThat(workshop.snapshot()).isFalse();
    }
}
