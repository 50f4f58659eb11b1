package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.app.App;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Answer;
import dev.dyno.formation.ApiLog;
import dev.dyno.formation.Asked;
import dev.dyno.formation.Formation;
import dev.dyno.formation.FormationServer;
import dev.dyno.formation.Request;
import dev.dyno.formation.Selection;
import dev.dyno.store.Home;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A formation that runs, asked from another window to change, restart and stop. */
@Timeout(60)
final class FormationAskedTest {
    private final Dyno dyno;
    private final Home home;
    private final App app;
    private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());

    FormationAskedTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
        home = new Home(dyno.home());
        app = App.of(dyno.app());
    }

    @BeforeEach
    void procfile() throws Exception {
        dyno.write("Procfile", "release: true\nweb: true\nworker: true\n");
    }

    @Test
    void aRunningFormationIsAskedAndAnswers() throws Exception {
        try (var server = open()) {
            server.serve(one -> answer(one, server));
            dyno.says(
                    0,
                    "",
                    "Scaling dynos... done, now running web at 3:Standard-1X, worker at"
                            + " 2:Standard-1X\n",
                    "ps:scale",
                    "web=3",
                    "worker+1");
            dyno.says(0, "web=3:Standard-1X worker=2:Standard-1X\n", "", "ps:scale");
            assertThat(dyno.call("ps:type", "web=standard-2x").out())
                    .contains("  web      Standard-2X   3     ~$0.208     $150\n");
            dyno.says(0, "", "Restarting all dynos on app... done\n", "ps:restart");
            dyno.says(0, "", "Restarting dyno web.1 on app... done\n", "ps:restart", "-d", "web.1");
            dyno.says(
                    0, "", "Stopping all worker dynos on app... done\n", "ps:stop", "-p", "worker");
            dyno.says(
                    2,
                    "",
                    "Stopping dyno web.99 on app... !\n" + FormationTest.NOT_FOUND,
                    "ps:kill",
                    "-d",
                    "web.99");
        }
        assertThat(asked.stream().map(Request::fields).map(fields -> fields.get("words")))
                .startsWith("web=3 worker+1", "web=Standard-2X");
        assertThat(asked)
                .endsWith(
                        new Request.Restart(new Selection.All()),
                        new Request.Restart(one("web.1")),
                        new Request.Stop(new Selection.Type(new ProcessType("worker"))),
                        new Request.Stop(one("web.99")));
        assertThat(Local.log(dyno, "-s", "app"))
                .containsExactly(
                        "app[api]: Scaled to web@3:Standard-1X worker@2:Standard-1X by user U",
                        "app[api]: Scaled to web@3:Standard-2X by user U");
        try (Stream<Path> left = Files.list(state().resolve("formation/requests"))) {
            assertThat(left).isEmpty();
        }
        dyno.awaitEnd();
    }

    @Test
    void aOneOffIsStoppedBySignalAndAFormationsDynoNever() throws Exception {
        Process process = dyno.start(Map.of(), "run", "--type", "web", "echo $DYNO; sleep 300");
        try (var out =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var server = open()) {
            server.serve(one -> answer(one, server));
            String name = String.valueOf(out.readLine());
            Path record = state().resolve("dynos").resolve(name).resolve("dyno");
            String oneOff = Files.readString(record);
            Files.writeString(record, "formation=true\n", StandardOpenOption.APPEND);

            dyno.says(0, "", "Stopping dyno " + name + " on app... done\n", "ps:stop", "-d", name);
            dyno.says(0, "", "Stopping all web dynos on app... done\n", "ps:stop", "-p", "web");
            assertThat(asked)
                    .containsExactly(
                            new Request.Stop(one(name)),
                            new Request.Stop(new Selection.Type(new ProcessType("web"))));
            assertThat(process.isAlive()).isTrue();

            Files.writeString(record, oneOff);
            dyno.call("ps:restart");
            assertThat(process.isAlive()).isTrue();
            dyno.says(
                    0,
                    "",
                    "Restarting dyno " + name + " on app... done\n",
                    "ps:restart",
                    "-d",
                    name);
            assertThat(process.waitFor()).isEqualTo(143);
            assertThat(asked).hasSize(3);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(dyno.sandboxes()).isEmpty();
    }

    /** As {@code dyno local} would: does what changes the formation, and knows web.1 alone. */
    private void answer(Asked one, FormationServer server) {
        asked.add(one.request());
        Formation now = server.remembered(Procfile.read(dyno.app()).orThrow());
        one.answer(
                switch (one.request()) {
                    case Request.Change change -> changed(change, change.applyTo(now), server);
                    case Request.Restart _ -> new Answer.Done(now);
                    case Request.Stop(Selection.OneDyno(DynoName name)) when name.number() == 99 ->
                            Answer.unknownDyno();
                    case Request.Stop _ -> new Answer.Done(now);
                });
    }

    private Answer changed(Request.Change change, Answer answer, FormationServer server) {
        if (answer instanceof Answer.Done(Formation after)) {
            server.remember(after);
            try (ApiLog log = ApiLog.open(home, app, InstantSource.system(), "ada@localhost")) {
                log.scaled(change, after);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return answer;
    }

    private FormationServer open() {
        return FormationServer.open(home, app, InstantSource.system());
    }

    private static Selection one(String name) {
        return new Selection.OneDyno(DynoName.parse(name));
    }

    private Path state() {
        return home.app(app.key());
    }
}
