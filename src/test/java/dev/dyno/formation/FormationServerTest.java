package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One window runs the formation, and what is wanted of it is remembered. */
@Timeout(60)
final class FormationServerTest {
    private final Shop shop;

    FormationServerTest(@TempDir Path root) throws IOException {
        shop = new Shop(root);
    }

    @Test
    void whereNothingWasSaidEachProcessTypeHasOneDyno() {
        try (var server = shop.open()) {
            assertThat(RequestTest.shown(server.remembered(shop.procfile)))
                    .isEqualTo("web=1:Standard-1X worker=1:Standard-1X");
        }
    }

    @Test
    void whatTheProcfileHasNoMoreStaysRemembered() {
        try (var server = shop.open()) {
            server.remember(
                    server.remembered(shop.procfile)
                            .with("worker", new Formation.Entry(7, DynoSize.ECO)));
            assertThat(RequestTest.shown(server.remembered(Shop.procfile("web", "clock"))))
                    .isEqualTo("web=1:Standard-1X clock=1:Standard-1X");
            server.remember(server.remembered(Shop.procfile("web", "clock")));
        }
        try (var next = shop.open()) {
            assertThat(RequestTest.shown(next.remembered(shop.procfile)))
                    .isEqualTo("web=1:Standard-1X worker=7:Eco");
        }
    }

    @Test
    void whatIsDamagedIsNamedAndIgnored() throws Exception {
        shop.place.make();
        Files.writeString(
                shop.place.wanted(), "web=2:Basic\nworker=x\n../x=1:Eco\nclock=101:Eco\nscrap");
        try (var server = shop.open()) {
            assertThat(RequestTest.shown(server.remembered(shop.procfile)))
                    .isEqualTo("web=2:Basic worker=1:Standard-1X");
            assertThat(server.warnings())
                    .containsExactly(
                            "'worker=x' in " + shop.place.wanted() + " is damaged and is ignored",
                            "'../x=1:Eco' in " + shop.place.wanted() + " is damaged and is ignored",
                            "'clock=101:Eco' in "
                                    + shop.place.wanted()
                                    + " is damaged and is ignored");
        }
    }

    @Test
    void aSecondLocalIsToldOfTheFirst() throws Exception {
        try (var first = new OtherWindow(shop.home, shop.app, "deaf")) {
            assertThat(first.line()).isEqualTo("runs");
            assertThatThrownBy(shop::open)
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
        shop.open().close();
    }

    @Test
    void theLockIsNotLostByAskingAfterIt() throws Exception {
        try (var server = shop.open()) {
            assertThatThrownBy(shop::open).isInstanceOf(UserError.class);
            assertThat(FormationLock.holder(shop.place.lock())).isPresent();
            try (var other = new OtherWindow(shop.home, shop.app, "deaf")) {
                assertThat(other.line())
                        .startsWith(
                                "this app runs already: dyno local (pid "
                                        + ProcessHandle.current().pid());
            }
            assertThat(server.remembered(shop.procfile)).isNotNull();
        }
        assertThat(FormationLock.holder(shop.place.lock())).isEmpty();
    }

    @Test
    void aLocalThatWasKilledIsInNobodysWay() throws Exception {
        try (var first = new OtherWindow(shop.home, shop.app, "deaf")) {
            assertThat(first.line()).isEqualTo("runs");
            first.kill();
        }
        assertThat(shop.client().ask(Shop.RESTART)).isEmpty();
        shop.open().close();
    }

    @Test
    void aCommandThatHoldsTheLockIsWaitedFor() throws Exception {
        var other = new OtherWindow(shop.home, shop.app, "command");
        assertThat(other.line()).startsWith("holds");
        assertThat(shop.client().ask(Shop.RESTART)).isEmpty();
        CompletableFuture<FormationServer> opened = Shop.inAnotherThread(shop::open);
        CompletableFuture<FormationClient.Changed> changed = Shop.inAnotherThread(shop::scaleWeb);
        assertThat(opened.isDone() || changed.isDone()).isFalse();
        other.close();

        // Whichever comes first, the other finds it so.
        try (var server = opened.get(20, TimeUnit.SECONDS)) {
            server.serve(asked -> asked.answer(Shop.DONE));
            assertThat(changed.get(20, TimeUnit.SECONDS).answer()).isInstanceOf(Answer.Done.class);
        }
    }

    @Test
    void whatKilledCommandsLeftIsRemovedAtTheStart() throws Exception {
        shop.place.make();
        long dead = Shop.dead();
        Shop.RESTART.fields().write(shop.place.requests().resolve(dead + "-1"));
        Shop.DONE.fields().write(shop.place.requests().resolve(dead + "-2.answer"));
        List<Asked> asked = new ArrayList<>();
        try (var server = shop.open()) {
            shop.assertNothingIsLeft();
            server.serve(asked::add);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whereNoneRunsAChangeIsRememberedAndLogged() throws Exception {
        FormationClient.Changed changed = shop.scaleWeb();

        assertThat(changed.running()).isFalse();
        assertThat(RequestTest.shown(changed.answer()))
                .isEqualTo("web=3:Standard-1X worker=1:Standard-1X");
        assertThat(Fields.read(shop.place.wanted()).values())
                .containsEntry("web", "3:Standard-1X")
                .containsEntry("worker", "1:Standard-1X");
        assertThat(shop.home.app(shop.app.key()).resolve("logs/api.log"))
                .content()
                .endsWith(" app[api]: Scaled to web@3:Standard-1X by user ada@localhost\n");
    }

    @Test
    void changesAtATimeAreAllMade() throws Exception {
        var add = new Request.Scale(List.of(ScaleChange.parse("web+1")));
        var changes = new ArrayList<CompletableFuture<FormationClient.Changed>>();
        for (int i = 0; i < 20; i++) {
            changes.add(
                    Shop.inAnotherThread(
                            () -> shop.client().change(add, shop.procfile, "ada@localhost")));
        }
        for (CompletableFuture<FormationClient.Changed> each : changes) {
            assertThat(each.get().running()).isFalse();
        }
        assertThat(RequestTest.shown(shop.client().formation(shop.procfile)))
                .isEqualTo("web=21:Standard-1X worker=1:Standard-1X");
    }
}
