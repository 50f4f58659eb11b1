package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done to an app, its slug is what it is. */
class RandomEditsTest {
    private static final int EDITS = 200;
    private static final String[] MODES = {"rw-r--r--", "rwxr-xr-x", "rw-------", "r--r--r--"};

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"true, 1, 17", "false, 1, 18", "true, 0, 19", "false, 0, 20"})
    void theSlugIsTheAppAfterEachOf200Edits(boolean natively, int hours, long seed)
            throws IOException {
        var random = new Random(seed);
        var workshop = new Workshop(directory, natively, Duration.ofHours(hours));
        workshop.write(".slugignore", "*.tmp\nlog/\n");
        for (int i = 0; i < EDITS; i++) {
            edit(workshop, random);
            var app = Tree.of(workshop.app);
            app.keySet().removeIf(path -> path.contains(".tmp"));
            workshop.snapshot();
            assertThat(workshop.warnings).isEmpty();
            assertThat(Tree.of(workshop.slug().files()))
                    .as("edit " + i + " of seed " + seed)
                    .isEqualTo(app);
            assertThat(workshop.snapshot()).as("after edit " + i + " of seed " + seed).isFalse();
        }
        assertThat(workshop.slugs.verify(workshop.slug().id(), natively, () -> false)).isTrue();
    }

    private static void edit(Workshop workshop, Random random) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(workshop.app)) {
            files.filter(file -> !file.endsWith(".slugignore")).forEach(all::add);
        }
        Path any = all.get(random.nextInt(all.size()));
        Path parent = Files.isDirectory(any, LinkOption.NOFOLLOW_LINKS) ? any : any.getParent();
        Path fresh =
                java.util.Objects.requireNonNull(parent)
                        .resolve(
                                "n"
                                        + random.nextInt(1000)
                                        + (random.nextInt(9) == 0 ? ".tmp" : ""));
        if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isFile = Files.isRegularFile(any, LinkOption.NOFOLLOW_LINKS);
        switch (random.nextInt(9)) {
            case 0, 1 -> Files.writeString(fresh, "new " + random.nextInt());
            case 2 -> Files.createDirectory(fresh);
            case 3 -> Files.createSymbolicLink(fresh, Path.of("../x" + random.nextInt(9)));
            case 4 -> {
                if (isFile && Files.isWritable(any)) {
                    FileTime time = Files.getLastModifiedTime(any);
                    byte[] bytes = Files.readAllBytes(any);
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)]++;
                        Files.write(any, bytes);
                        Files.setLastModifiedTime(any, time);
                    }
                }
            }
            case 5 -> {
                if (isFile) {
                    Files.setPosixFilePermissions(
                            any,
                            PosixFilePermissions.fromString(MODES[random.nextInt(MODES.length)]));
                }
            }
            case 6 -> {
                if (!any.equals(workshop.app) && !fresh.startsWith(any)) {
                    Files.move(any, fresh);
                }
            }
            case 7 -> {
                if (!any.equals(workshop.app)) {
                    Removal.remove(any);
                }
            }
            default -> {
                if (isFile) {
                    Files.setLastModifiedTime(any, FileTime.fromMillis(random.nextInt()));
                }
            }
        }
    }
}
