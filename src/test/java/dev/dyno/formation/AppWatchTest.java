package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppWatchTest {
    private static final long LIMIT_SECONDS = 20;

    @TempDir Path root;
    private Path app;
    private Path releases;
    private final Semaphore changes = new Semaphore(0);
    private AppWatch watch;

    @BeforeEach
    void start() throws IOException {
        app = Files.createDirectories(root.resolve("app"));
        releases = Files.createDirectories(root.resolve("releases"));
        Files.createDirectories(app.resolve("lib/deep"));
        Files.createDirectories(app.resolve(".git"));
        Files.createDirectories(app.resolve("log"));
        Files.writeString(app.resolve("lib/deep/a.rb"), "1");
        Files.writeString(app.resolve(".slugignore"), "/log\n*.tmp\n");
        Files.createDirectories(root.resolve("beside"));
        watch =
                AppWatch.start(
                        app, releases, List.of(root.resolve("beside/my.env")), changes::release);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void awaitChange() throws InterruptedException {
        assertThat(changes.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsOfAFileDeepInTheApp() throws Exception {
        Files.writeString(app.resolve("lib/deep/a.rb"), "2");
        awaitChange();
    }

    @Test
    void tellsOfFilesInADirectoryMadeSinceThen() throws Exception {
        Files.createDirectories(app.resolve("new/below"));
        awaitChange();
        Files.writeString(app.resolve("new/below/b"), "1");
        awaitChange();
    }

    @Test
    void tellsOfWhatIsRemoved() throws Exception {
        Files.delete(app.resolve("lib/deep/a.rb"));
        awaitChange();
    }

    @Test
    void tellsOfANewReleaseAndOfNamedFiles() throws Exception {
        Files.writeString(releases.resolve("v2"), "");
        awaitChange();
        Files.writeString(root.resolve("beside/my.env"), "A=1");
        awaitChange();
    }

    /** The file that counts is written last, so that what came before it has been looked at. */
    @Test
    void passesOverWhatNoReleaseIsMadeOf() throws Exception {
        Files.writeString(app.resolve(".git/index"), "1");
        Files.writeString(app.resolve("log/web.log"), "1");
        Files.writeString(app.resolve("x.tmp"), "1");
        Files.writeString(releases.resolve("v2.status"), "failed");
        Files.writeString(root.resolve("beside/other"), "1");
        assertThat(changes.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
        Files.writeString(app.resolve("Procfile"), "web: true");
        awaitChange();
    }

    @Test
    void takesWhatComesTogetherForOneChange() throws Exception {
        for (int i = 0; i < 200; i++) {
            Files.writeString(app.resolve("lib/" + i), "1");
        }
        awaitChange();
        assertThat(changes.availablePermits()).isLessThan(20);
    }

    @Test
    void seesWhatIsIgnoredNoMore() throws Exception {
        Files.writeString(app.resolve(".slugignore"), "*.tmp\n");
        awaitChange();
        Files.writeString(app.resolve("log/web.log"), "1");
        awaitChange();
    }
}
