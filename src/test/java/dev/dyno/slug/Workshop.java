package dev.dyno.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app and its slugs in a directory of the test's. */
final class Workshop {
    final Path app;
    final Path slugDirectory;
    final boolean natively;
    final Slugs slugs;
    @Nullable SlugId last;
    List<String> warnings = List.of();

    /**
     * @param later how far the clock is ahead: by an hour, each time in the index is trusted
     */
    Workshop(Path directory, boolean natively, Duration later) throws IOException {
        app = Files.createDirectories(directory.resolve("app"));
        slugDirectory = Files.createDirectories(directory.resolve("home/slugs"));
        this.natively = natively;
        InstantSource clock = () -> Instant.now().plus(later);
        slugs = new Slugs(slugDirectory, app, directory.resolve("home"), clock);
    }

    /** One with an app of each kind of file, of which a slug is made. */
    static Workshop withSlug(Path directory, boolean natively, int hours) throws IOException {
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

    Path write(String file, String content) throws IOException {
        Path path = app.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    /** The slug of the app as it is now; whether it was made for that. */
    boolean snapshot() {
        Comparison comparison = slugs.compare(last, natively, () -> false);
        warnings = comparison.warnings();
        if (comparison.unchanged().isPresent()) {
            return false;
        }
        Making made = slugs.make(comparison, natively, () -> false);
        warnings = new java.util.ArrayList<>(warnings);
        warnings.addAll(made.warnings());
        last = made.slug().id();
        return true;
    }

    Slug slug() {
        return slugs.slug(java.util.Objects.requireNonNull(last));
    }

    Path file(String file) {
        return slug().files().resolve(file);
    }

    static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Blocks of 512 bytes on disk. */
    static long blocks(Path file) throws IOException {
        var du = new ProcessBuilder("du", "-k", file.toString()).start();
        String output =
                new String(
                        du.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        return 2 * Long.parseLong(output.substring(0, output.indexOf('\t')));
    }
}
