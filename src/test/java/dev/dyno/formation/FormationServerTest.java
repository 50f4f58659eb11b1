package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One window runs the formation; others ask it, or change what is remembered. */
@Timeout(60)
final class FormationServerTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Request RESTART = new Request.Restart(new Selection.All());
    private static final Answer DONE = new Answer.Done(Formation.EMPTY);

    private final Home home;
    private final App app;
    private final Place place;
    private final Procfile procfile = procfile("release", "web", "worker");

    FormationServerTest(@TempDir Path root) throws IOException {
        home = new Home(root.resolve("state"));
        app = App.of(Files.createDirectory(root.resolve("shop")));
        place = Place.of(home, app);
    }

    @Test
    void whereNothingWasSaidEachProcessTypeHasOneDyno() {
        try (var server = open()) {
            assertThat(RequestTest.shown(server.remembered(procfile)))
                    .isEqualTo("web=1:Standard-1X worker=1:Standard-1X");
        }
    }

    @Test
    void whatTheProcfileHasNoMoreStaysRemembered() {
        try (var server = open()) {
            server.remember(
                    server.remembered(procfile)
                            .with("worker", new Formation.Entry(7, DynoSize.ECO)));
            assertThat(RequestTest.shown(server.remembered(procfile("web", "clock"))))
                    .isEqualTo("web=1:Standard-1X clock=1:Standard-1X");
            server.remember(server.remembered(procfile("web", "clock")));
        }
        try (var next = open()) {
            assertThat(RequestTest.shown(next.remembered(procfile)))
                    .isEqualTo("web=1:Standard-1X worker=7:Eco");
        }
    }

    @Test
    void whatIsDamagedIsNamedAndIgnored() throws Exception {
        place.make();
        Files.writeString(
                place.wanted(), "web=2:Basic\nworker=x\n../x=1:Eco\nclock=101:Eco\nscrap");
        try (var server = open()) {
            assertThat(RequestTest.shown(server.remembered(procfile)))
                    .isEqualTo("web=2:Basic worker=1:Standard-1X");
            assertThat(server.warnings())
                    .containsExactly(
                            "'worker=x' in " + place.wanted() + " is damaged and is ignored",
                            "'../x=1:Eco' in " + place.wanted() + " is damaged and is ignored",
                            "'clock=101:Eco' in " + place.wanted() + " is damaged and is ignored");
        }
    }

    @Test
    void aSecondLocalIsToldOfTheFirst() throws Exception {
        try (var first = new OtherWindow(home, app, "deaf")) {
            assertThat(first.line()).isEqualTo("runs");
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            UserError.class,
                            error -> {
                                assertThat(error)
                                        .message()
                                        .matches(
                                                "this app runs already: dyno local \\(pid "
                                                        + first.pid()
                                                        + "\\), since \\d\\d:\\d\\d:\\d\\d");
                                assertThat(error.hint())
                                        .isEqualTo(
                                                "See it with: dyno ps, dyno logs -t. End it with"
                                                        + " Ctrl-C there, or: kill "
                                                        + first.pid());
                            });
        }
        open().close();
    }

    @Test
    void theLockIsNotLostByAskingAfterIt() throws Exception {
        try (var server = open()) {
            assertThatThrownBy(this::open).isInstanceOf(UserError.class);
            assertThat(FormationLock.holder(place.lock())).isPresent();
            try (var other = new OtherWindow(home, app, "deaf")) {
                assertThat(other.line())
                        .startsWith(
                                "this app runs already: dyno local (pid "
                                        + ProcessHandle.current().pid());
            }
            assertThat(server.remembered(procfile)).isNotNull();
        }
        assertThat(FormationLock.holder(place.lock())).isEmpty();
    }

    @Test
    void aLocalThatWasKilledIsInNobodysWay() throws Exception {
        try (var first = new OtherWindow(home, app, "deaf")) {
            assertThat(first.line()).isEqualTo("runs");
            first.kill();
        }
        assertThat(client().ask(RESTART)).isEmpty();
        open().close();
    }

    @Test
    void aCommandThatHoldsTheLockIsWaitedFor() throws Exception {
        var other = new OtherWindow(home, app, "command");
        assertThat(other.line()).startsWith("holds");
        assertThat(client().ask(RESTART)).isEmpty();
        CompletableFuture<FormationServer> opened = inAnotherThread(this::open);
        CompletableFuture<FormationClient.Changed> changed = inAnotherThread(this::scaleWeb);
        assertThat(opened.isDone() || changed.isDone()).isFalse();
        other.close();

        // Whichever comes first, the other finds it so.
        try (var server = opened.get(20, TimeUnit.SECONDS)) {
            server.serve(asked -> asked.answer(DONE));
            assertThat(changed.get(20, TimeUnit.SECONDS).answer()).isInstanceOf(Answer.Done.class);
        }
    }

    @Test
    void aRequestIsHandedOverAndAnsweredFromAnotherThread() throws Exception {
        BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
        try (var server = open()) {
            server.serve(asked::add);
            CompletableFuture<FormationClient.Changed> changed = inAnotherThread(this::scaleWeb);
            Asked one = asked.take();
            assertThat(one.request()).isEqualTo(SCALE_WEB);
            Answer answer = new Answer.Done(server.remembered(procfile));
            one.answer(answer);
            one.answer(Answer.unknownDyno());

            assertThat(changed.get()).isEqualTo(new FormationClient.Changed(answer, true));
        }
        assertNothingIsLeft();
    }

    @Test
    void manyAskAtATimeAndEachGetsItsOwnAnswer() throws Exception {
        try (var server = open()) {
            server.serve(asked -> {
                if (asked.request() instanceof Request.Change change) {
                    asked.answer(Answer.unknownType(String.valueOf(change.types())));
                }
            });
            var answers = new LinkedHashMap<String, CompletableFuture<Optional<Answer>>>();
            for (int i = 0; i < 30; i++) {
                String type = "t" + i;
                var request = new Request.Resize(Map.of(type, DynoSize.ECO));
                answers.put(type, inAnotherThread(() -> client().ask(request)));
            }
            for (Map.Entry<String, CompletableFuture<Optional<Answer>>> each : answers.entrySet()) {
                assertThat(each.getValue().get())
                        .contains(Answer.unknownType("[" + each.getKey() + "]"));
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void whatCameBeforeTheServerServedIsServedToo() throws Exception {
        try (var server = open()) {
            CompletableFuture<Optional<Answer>> answer =
                    inAnotherThread(() -> client().ask(RESTART));
            awaitRequests(1);
            server.serve(asked -> asked.answer(DONE));
            assertThat(answer.get()).contains(DONE);
        }
    }

    @Test
    void withoutInotifyItIsPolled() throws Exception {
        try (var server = open()) {
            server.serve(asked -> asked.answer(DONE), Arrivals.polled());
            assertThat(client().ask(RESTART)).contains(DONE);
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "request=explode\n",
                "request=scale\nwords=web\n",
                "request=stop\n",
                "\0"
            })
    void whatIsNoRequestIsAnsweredWithAnError(String content) throws Exception {
        try (var server = open()) {
            server.serve(asked -> asked.answer(DONE));
            String name = ProcessHandle.current().pid() + "-999999";
            Path part = Files.writeString(place.directory().resolve("part"), content);
            Files.move(part, place.requests().resolve(name));
            assertThat(await(name))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused ->
                                    assertThat(refused.error())
                                            .startsWith("dyno local does not understand"));
            assertThat(client().ask(RESTART)).contains(DONE);
        }
    }

    @Test
    void aDirectoryInPlaceOfARequestDisturbsNobody() throws Exception {
        try (var server = open()) {
            server.serve(asked -> asked.answer(DONE));
            Path odd = place.directory().resolve("odd");
            Files.createDirectories(odd.resolve("x"));
            Files.move(odd, place.requests().resolve(ProcessHandle.current().pid() + "-999999"));
            assertThat(client().ask(RESTART)).contains(DONE);
            assertThat(client().ask(RESTART)).contains(DONE);
        }
    }

    @Test
    void whatTheHandlerThrowsIsAnswered() {
        try (var server = open()) {
            server.serve(asked -> {
                throw asked.request() instanceof Request.Stop
                        ? new UserError("the disk is full", "Free some space.")
                        : new IllegalStateException("a bug");
            });
            assertThat(client().ask(RESTART))
                    .contains(
                            new Answer.Refused(
                                    "dyno local failed at it: java.lang.IllegalStateException: a"
                                            + " bug",
                                    "",
                                    Answer.INVALID));
            assertThat(client().ask(new Request.Stop(new Selection.All())))
                    .contains(
                            new Answer.Refused(
                                    "the disk is full", "Free some space.", Answer.INVALID));
        }
    }

    @Test
    void aFormationThatEndsMeanwhileIsNoticedAtOnce() throws Exception {
        try (var other = new OtherWindow(home, app, "silent")) {
            assertThat(other.line()).isEqualTo("runs");
            CompletableFuture<Optional<Answer>> answer =
                    inAnotherThread(() -> client().ask(RESTART));
            assertThat(other.line()).startsWith("Restart");
            other.kill();
            assertThatThrownBy(answer::get)
                    .hasRootCauseMessage(
                            "dyno local (pid " + other.pid() + ") has ended meanwhile");
        }
        assertNothingIsLeft();
    }

    @Test
    void aFormationThatGivesNoAnswerIsGivenUpOn() throws Exception {
        try (var other = new OtherWindow(home, app, "deaf")) {
            assertThat(other.line()).isEqualTo("runs");
            var client = new FormationClient(home, app, CLOCK, Duration.ofMillis(50));
            assertThatThrownBy(() -> client.ask(RESTART))
                    .hasMessage(
                            "dyno local (pid " + other.pid() + ") has not answered for 0 seconds");
        }
        assertNothingIsLeft();
    }

    @Test
    void anotherProcessAnswers() throws Exception {
        try (var other = new OtherWindow(home, app, "answers")) {
            assertThat(other.line()).isEqualTo("runs");
            assertThat(client().ask(RESTART)).contains(DONE);
            assertThat(scaleWeb()).isEqualTo(new FormationClient.Changed(DONE, true));
        }
        assertNothingIsLeft();
    }

    @Test
    void whatKilledCommandsLeftIsRemovedAtTheStart() throws Exception {
        place.make();
        long dead = dead();
        RESTART.fields().write(place.requests().resolve(dead + "-1"));
        DONE.fields().write(place.requests().resolve(dead + "-2.answer"));
        List<Asked> asked = new ArrayList<>();
        try (var server = open()) {
            assertNothingIsLeft();
            server.serve(asked::add);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whereNoneRunsAChangeIsRememberedAndLogged() throws Exception {
        FormationClient.Changed changed = scaleWeb();

        assertThat(changed.running()).isFalse();
        assertThat(RequestTest.shown(changed.answer()))
                .isEqualTo("web=3:Standard-1X worker=1:Standard-1X");
        assertThat(Fields.read(place.wanted()).values())
                .containsEntry("web", "3:Standard-1X")
                .containsEntry("worker", "1:Standard-1X");
        assertThat(home.app(app.key()).resolve("logs/api.log"))
                .content()
                .endsWith(" app[api]: Scaled to web@3:Standard-1X by user ada@localhost\n");
    }

    @Test
    void changesAtATimeAreAllMade() throws Exception {
        var add = new Request.Scale(List.of(ScaleChange.parse("web+1")));
        var changes = new ArrayList<CompletableFuture<FormationClient.Changed>>();
        for (int i = 0; i < 20; i++) {
            changes.add(inAnotherThread(() -> client().change(add, procfile, "ada@localhost")));
        }
        for (CompletableFuture<FormationClient.Changed> each : changes) {
            assertThat(each.get().running()).isFalse();
        }
        assertThat(RequestTest.shown(client().formation(procfile)))
                .isEqualTo("web=21:Standard-1X worker=1:Standard-1X");
    }

    private static final Request.Scale SCALE_WEB =
            new Request.Scale(List.of(ScaleChange.parse("web=3")));

    private FormationClient.Changed scaleWeb() {
        return client().change(SCALE_WEB, procfile, "ada@localhost");
    }

    private FormationServer open() {
        return FormationServer.open(home, app, CLOCK);
    }

    private FormationClient client() {
        return new FormationClient(home, app, CLOCK);
    }

    /** One each: the common pool would have one ask after the other on a machine of few cores. */
    private static <T> CompletableFuture<T> inAnotherThread(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
    }

    private static Procfile procfile(String... types) {
        var commands = new LinkedHashMap<String, String>();
        for (String type : types) {
            commands.put(type, "true");
        }
        return new Procfile(commands);
    }

    /** The pid of a process that has ended. */
    private static long dead() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private Answer await(String name) {
        var requests = new Requests(place.requests());
        var patience = new Patience(Duration.ofSeconds(20));
        Optional<Answer> answer = requests.answer(name);
        while (answer.isEmpty() && patience.pause()) {
            answer = requests.answer(name);
        }
        return answer.orElseThrow();
    }

    private void awaitRequests(int count) {
        var requests = new Requests(place.requests());
        var patience = new Patience(Duration.ofSeconds(20));
        while (requests.waiting().size() < count) {
            assertThat(patience.pause()).isTrue();
        }
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(place.requests())) {
            assertThat(left).isEmpty();
        }
    }
}
