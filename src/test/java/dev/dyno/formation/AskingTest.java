package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One window runs the formation; others ask it. */
@Timeout(60)
final class AskingTest {
    private final Shop shop;

    AskingTest(@TempDir Path root) throws IOException {
        shop = new Shop(root);
    }

    @Test
    void aRequestIsHandedOverAndAnsweredFromAnotherThread() throws Exception {
        BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
        try (var server = shop.open()) {
            server.serve(asked::add);
            CompletableFuture<FormationClient.Changed> changed =
                    Shop.inAnotherThread(shop::scaleWeb);
            Asked one = asked.take();
            assertThat(one.request()).isEqualTo(Shop.SCALE_WEB);
            Answer answer = new Answer.Done(server.remembered(shop.procfile));
            one.answer(answer);
            one.answer(Answer.unknownDyno());

            assertThat(changed.get()).isEqualTo(new FormationClient.Changed(answer, true));
        }
        shop.assertNothingIsLeft();
    }

    @Test
    void manyAskAtATimeAndEachGetsItsOwnAnswer() throws Exception {
        try (var server = shop.open()) {
            server.serve(asked -> {
                if (asked.request() instanceof Request.Change change) {
                    asked.answer(Answer.unknownType(String.valueOf(change.types())));
                }
            });
            var answers = new LinkedHashMap<String, CompletableFuture<Optional<Answer>>>();
            for (int i = 0; i < 30; i++) {
                String type = "t" + i;
                var request = new Request.Resize(Map.of(type, DynoSize.ECO));
                answers.put(type, Shop.inAnotherThread(() -> shop.client().ask(request)));
            }
            for (Map.Entry<String, CompletableFuture<Optional<Answer>>> each : answers.entrySet()) {
                assertThat(each.getValue().get())
                        .contains(Answer.unknownType("[" + each.getKey() + "]"));
            }
        }
        shop.assertNothingIsLeft();
    }

    @Test
    void whatCameBeforeTheServerServedIsServedToo() throws Exception {
        try (var server = shop.open()) {
            CompletableFuture<Optional<Answer>> answer =
                    Shop.inAnotherThread(() -> shop.client().ask(Shop.RESTART));
            shop.awaitRequests(1);
            server.serve(asked -> asked.answer(Shop.DONE));
            assertThat(answer.get()).contains(Shop.DONE);
        }
    }

    @Test
    void withoutInotifyItIsPolled() throws Exception {
        try (var server = shop.open()) {
            server.serve(asked -> asked.answer(Shop.DONE), Arrivals.polled());
            assertThat(shop.client().ask(Shop.RESTART)).contains(Shop.DONE);
        }
        shop.assertNothingIsLeft();
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
        try (var server = shop.open()) {
            server.serve(asked -> asked.answer(Shop.DONE));
            String name = ProcessHandle.current().pid() + "-999999";
            Path part = Files.writeString(shop.place.directory().resolve("part"), content);
            Files.move(part, shop.place.requests().resolve(name));
            assertThat(shop.await(name))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused ->
                                    assertThat(refused.error())
                                            .startsWith("dyno local does not understand"));
            assertThat(shop.client().ask(Shop.RESTART)).contains(Shop.DONE);
        }
    }

    @Test
    void aDirectoryInPlaceOfARequestDisturbsNobody() throws Exception {
        try (var server = shop.open()) {
            server.serve(asked -> asked.answer(Shop.DONE));
            Path odd = shop.place.directory().resolve("odd");
            Files.createDirectories(odd.resolve("x"));
            Files.move(
                    odd, shop.place.requests().resolve(ProcessHandle.current().pid() + "-999999"));
            assertThat(shop.client().ask(Shop.RESTART)).contains(Shop.DONE);
            assertThat(shop.client().ask(Shop.RESTART)).contains(Shop.DONE);
        }
    }

    @Test
    void whatTheHandlerThrowsIsAnswered() {
        try (var server = shop.open()) {
            server.serve(asked -> {
                throw asked.request() instanceof Request.Stop
                        ? new UserError("the disk is full", "Free some space.")
                        : new IllegalStateException("a bug");
            });
            assertThat(shop.client().ask(Shop.RESTART))
                    .contains(
                            new Answer.Refused(
                                    "dyno local failed at it: java.lang.IllegalStateException: a"
                                            + " bug",
                                    "",
                                    Answer.INVALID));
            assertThat(shop.client().ask(new Request.Stop(new Selection.All())))
                    .contains(
                            new Answer.Refused(
                                    "the disk is full", "Free some space.", Answer.INVALID));
        }
    }

    @Test
    void aFormationThatEndsMeanwhileIsNoticedAtOnce() throws Exception {
        try (var other = new OtherWindow(shop.home, shop.app, "silent")) {
            assertThat(other.line()).isEqualTo("runs");
            CompletableFuture<Optional<Answer>> answer =
                    Shop.inAnotherThread(() -> shop.client().ask(Shop.RESTART));
            assertThat(other.line()).startsWith("Restart");
            other.kill();
            assertThatThrownBy(answer::get)
                    .hasRootCauseMessage(
                            "dyno local (pid " + other.pid() + ") has ended meanwhile");
        }
        shop.assertNothingIsLeft();
    }

    @Test
    void aFormationThatGivesNoAnswerIsGivenUpOn() throws Exception {
        try (var other = new OtherWindow(shop.home, shop.app, "deaf")) {
            assertThat(other.line()).isEqualTo("runs");
            var client =
                    new FormationClient(shop.home, shop.app, Shop.CLOCK, Duration.ofMillis(50));
            assertThatThrownBy(() -> client.ask(Shop.RESTART))
                    .hasMessage(
                            "dyno local (pid " + other.pid() + ") has not answered for 0 seconds");
        }
        shop.assertNothingIsLeft();
    }

    @Test
    void anotherProcessAnswers() throws Exception {
        try (var other = new OtherWindow(shop.home, shop.app, "answers")) {
            assertThat(other.line()).isEqualTo("runs");
            assertThat(shop.client().ask(Shop.RESTART)).contains(Shop.DONE);
            assertThat(shop.scaleWeb()).isEqualTo(new FormationClient.Changed(Shop.DONE, true));
        }
        shop.assertNothingIsLeft();
    }
}
