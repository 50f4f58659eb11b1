package dev.dyno.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.slug.SlugId;
import dev.dyno.slug.Stopped;
import dev.dyno.store.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
    private static final ConfigVars NONE = new ConfigVars(Map.of());

    @TempDir Path directory;
    private Home home;
    private App app;
    private Set<SlugId> inUse;

    @BeforeEach
    void makeTheApp() throws IOException {
        Path files = Files.createDirectory(directory.resolve("shop")).toRealPath();
        Files.writeString(files.resolve("Procfile"), "web: true\n");
        home = new Home(directory.resolve("home"));
        app = App.of(files);
        inUse = new HashSet<>();
    }

    private Releases releases(int keep) {
        return new Releases(
                home,
                app,
                InstantSource.system(),
                keep,
                () -> new InUse(inUse, Set.of(), !inUse.isEmpty()));
    }

    private Deploy deploy(ConfigVars config) {
        Deploy deploy = releases(10).deploy(config, "ann", false, () -> false);
        deploy.close();
        return deploy;
    }

    private void change(String content) throws IOException {
        Files.writeString(app.directory().resolve("file"), content);
    }

    private Path state(String path) {
        return home.app(app.key()).resolve(path);
    }

    private static ConfigVars config(String... pairs) {
        var config = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            config.put(pairs[i], pairs[i + 1]);
        }
        return new ConfigVars(config);
    }

    @Test
    void anUnchangedAppIsOfTheReleaseBefore() {
        Deploy first = deploy(config("A", "1"));
        assertThat(first.isNew()).isTrue();
        assertThat(first.deploysSlug()).isTrue();
        assertThat(first.release().version()).isEqualTo(1);
        assertThat(first.release().description())
                .isEqualTo("Deploy " + first.slug().id().abbreviated());
        Deploy second = deploy(config("A", "1"));
        assertThat(second.isNew()).isFalse();
        assertThat(second.release().id()).isEqualTo(first.release().id());
        assertThat(second.warnings()).isEmpty();
    }

    @Test
    void configVarsAloneMakeAReleaseThatNamesThem() throws IOException {
        Deploy first = deploy(config("A", "1", "B", "2"));
        Deploy set = deploy(config("A", "3", "B", "2", "C", "a\nb\\c"));
        assertThat(set.release().description()).isEqualTo("Set A, C config vars");
        assertThat(set.deploysSlug()).isFalse();
        assertThat(set.setKeys()).containsExactly("A", "C");
        assertThat(set.slug()).isEqualTo(first.slug());
        assertThat(deploy(config("B", "2", "C", "a\nb\\c")).release().description())
                .isEqualTo("Remove A config vars");
        Deploy both = deploy(config("B", "", "D", ""));
        assertThat(both.release().description()).isEqualTo("Set B, D, remove C config vars");
        assertThat(both.removedKeys()).containsExactly("C");
        assertThat(deploy(config("D", "", "B", "")).isNew()).as("another order").isFalse();
        change("x");
        Deploy deployed = deploy(NONE);
        assertThat(deployed.release().description())
                .isEqualTo("Deploy " + deployed.slug().id().abbreviated());
        assertThat(deployed.release().version()).isEqualTo(5);
        assertThat(releases(10).find(2).orElseThrow().config())
                .isEqualTo(config("A", "3", "B", "2", "C", "a\nb\\c"));
    }

    @Test
    void theLastReleasesAreKeptAndWhatRunsAndNoVersionComesTwice() throws IOException {
        var slugs = new ArrayList<SlugId>();
        for (int i = 1; i <= 5; i++) {
            change("v" + i);
            try (Deploy deploy = releases(2).deploy(NONE, "ann", false, () -> false)) {
                assertThat(deploy.release().version()).isEqualTo(i);
                slugs.add(deploy.slug().id());
                inUse.add(slugs.get(0));
            }
        }
        assertThat(releases(2).all()).extracting(Release::version).containsExactly(5, 4);
        try (var entries = Files.list(state("slugs"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            slugs.get(0).hex(), slugs.get(3).hex(), slugs.get(4).hex());
        }
        assertThat(releases(2).find(1)).isEmpty();
        assertThatThrownBy(() -> releases(0)).isInstanceOf(UserError.class);
    }

    @Test
    void manyAtOnceMakeOneSlug() throws Exception {
        for (int i = 0; i < 200; i++) {
            Files.writeString(app.directory().resolve("file" + i), "content");
        }
        try (var threads = Executors.newFixedThreadPool(20)) {
            List<Callable<Deploy>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                tasks.add(() -> deploy(NONE));
            }
            int made = 0;
            for (var each : threads.invokeAll(tasks)) {
                made += each.get().isNew() ? 1 : 0;
                assertThat(each.get().release().version()).isEqualTo(1);
            }
            assertThat(made).isEqualTo(1);
        }
    }

    @Test
    void brokenAndForeignFilesCostAWarningEach() throws Exception {
        deploy(NONE);
        change("2");
        deploy(NONE);
        Files.writeString(state("releases/v2"), "garbage");
        Files.createDirectory(state("releases/v3"));
        try (var large = new RandomAccessFile(state("releases/v4").toFile(), "rw")) {
            large.setLength(100 << 20);
        }
        var fifo = new ProcessBuilder("mkfifo", state("releases/v5").toString()).start();
        assertThat(fifo.waitFor()).isZero();
        Files.createFile(state("releases/v99999999999"));
        Files.createFile(state("releases/notes"));
        Files.createDirectory(state("slugs/foreign"));
        Deploy next = deploy(NONE);
        assertThat(next.release().version()).isEqualTo(6);
        for (String name : List.of("v2", "v3", "v4", "v5", "v99999999999", "notes", "foreign")) {
            assertThat(next.warnings())
                    .as(name)
                    .filteredOn(warning -> warning.contains("/" + name + " "))
                    .hasSize(1);
        }
        assertThat(deploy(NONE).isNew()).isFalse();
        assertThat(releases(10).current()).map(Release::version).hasValue(6);
    }

    @Test
    void aSlugThatIsGoneIsMadeAgainForTheSameRelease() throws IOException {
        Deploy first = deploy(NONE);
        dev.dyno.slug.Removal.remove(first.slug().directory());
        Deploy second = deploy(NONE);
        assertThat(second.isNew()).isFalse();
        assertThat(second.slug().files().resolve("Procfile")).hasContent("web: true\n");
    }

    @Test
    void whoWaitsForTheLockCanBeStopped() {
        try (Deploy held = releases(10).deploy(NONE, "ann", false, () -> false)) {
            assertThat(held.isNew()).isTrue();
            assertThatThrownBy(() -> releases(10).deploy(NONE, "ann", false, () -> true))
                    .isInstanceOf(Stopped.class);
        }
        assertThat(deploy(NONE).isNew()).isFalse();
    }

    @Test
    void theLockOfAnotherProcessIsWaitedFor() throws Exception {
        deploy(NONE);
        change("2");
        Process other =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                """
                                import fcntl, sys
                                file = open(sys.argv[1], 'r+')
                                fcntl.lockf(file, fcntl.LOCK_EX)
                                print('held', flush=True)
                                sys.stdin.read()
                                """,
                                state("lock").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        var asked = new java.util.concurrent.CountDownLatch(3);
        Thread waiting =
                Thread.ofPlatform()
                        .start(() ->
                                releases(10)
                                        .deploy(
                                                NONE,
                                                "ann",
                                                false,
                                                () -> {
                                                    asked.countDown();
                                                    return false;
                                                })
                                        .close());
        asked.await();
        assertThat(releases(10).all()).hasSize(1);
        other.outputWriter().close();
        waiting.join();
        assertThat(releases(10).all()).hasSize(2);
        assertThat(other.waitFor()).isZero();
    }

    @Test
    void theReleasesFileIsPrivate() throws IOException {
        deploy(config("SECRET", "1"));
        assertThat(Files.getAttribute(state("releases/v1"), "unix:mode")).isEqualTo(0100600);
        assertThat(releases(10).current().orElseThrow().createdAt())
                .isBeforeOrEqualTo(Instant.now());
    }
}
