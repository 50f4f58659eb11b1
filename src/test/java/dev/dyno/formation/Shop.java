package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An app, and the windows that run its formation or ask it. */
final class Shop {
    static final InstantSource CLOCK = InstantSource.system();
    static final Request RESTART = new Request.Restart(new Selection.All());
    static final Answer DONE = new Answer.Done(Formation.EMPTY);
    static final Request.Scale SCALE_WEB = new Request.Scale(List.of(ScaleChange.parse("web=3")));

    final Home home;
    final App app;
    final Place place;
    final Procfile procfile = procfile("release", "web", "worker");

    Shop(Path root) throws IOException {
        home = new Home(root.resolve("state"));
        app = App.of(Files.createDirectory(root.resolve("shop")));
        place = Place.of(home, app);
    }

    FormationClient.Changed scaleWeb() {
        return client().change(SCALE_WEB, procfile, "ada@localhost");
    }

    FormationServer open() {
        return FormationServer.open(home, app, CLOCK);
    }

    FormationClient client() {
        return new FormationClient(home, app, CLOCK);
    }

    /** One each: the common pool would have one ask after the other on a machine of few cores. */
    static <T> CompletableFuture<T> inAnotherThread(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
    }

    static Procfile procfile(String... types) {
        var commands = new LinkedHashMap<String, String>();
        for (String type : types) {
            commands.put(type, "true");
        }
        return new Procfile(commands);
    }

    /** The pid of a process that has ended. */
    static long dead() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    Answer await(String name) {
        var requests = new Requests(place.requests());
        var patience = new Patience(Duration.ofSeconds(20));
        Optional<Answer> answer = requests.answer(name);
        while (answer.isEmpty() && patience.pause()) {
            answer = requests.answer(name);
        }
        return answer.orElseThrow();
    }

    void awaitRequests(int count) {
        var requests = new Requests(place.requests());
        var patience = new Patience(Duration.ofSeconds(20));
        while (requests.waiting().size() < count) {
            assertThat(patience.pause()).isTrue();
        }
    }

    void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(place.requests())) {
            assertThat(left).isEmpty();
        }
    }
}
