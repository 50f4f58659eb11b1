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
import dev.dyno.it.Dyno.Result;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formation seen and changed from another window, where it runs and where it does not. */
@Timeout(60)
final class FormationTest {
    private static final String NOT_FOUND =
            """
             ›   Error: Couldn't find that dyno.
             ›   See the dynos that run with: dyno ps
             ›   Error ID: not_found
            """;

    private final Dyno dyno;
    private final Home home;
    private final App app;
    private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());

    FormationTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
        home = new Home(dyno.home());
        app = App.of(dyno.app());
    }

    @BeforeEach
    void procfile() throws Exception {
        dyno.write("Procfile", "release: true\nweb: true\nworker: true\n");
    }

    @Test
    void whatIsScaledIsShownRememberedAndLogged() throws Exception {
        says(0, "web=1:Standard-1X worker=1:Standard-1X\n", "", "ps:scale");
        says(
                0,
                "",
                "Scaling dynos... done, now running web at 3:Standard-2X, worker at 2:Basic\n",
                "ps:scale",
                "web=3:standard-2x",
                "worker+1:basic");
        says(0, "web=3:Standard-2X worker=2:Basic\n", "", "ps:scale");
        says(0, "", "Scaling dynos... done, now running web at 2:Standard-2X\n", "scale", "web-1");
        says(0, "web=2:Standard-2X worker=2:Basic\n", "", "ps:scale", "web");

        assertThat(log())
                .containsExactly(
                        "app[api]: Scaled to web@3:Standard-2X worker@2:Basic by user U",
                        "app[api]: Scaled to web@2:Standard-2X by user U");
        try (var server = FormationServer.open(home, app, InstantSource.system())) {
            Formation next = server.remembered(Procfile.read(dyno.app()).orThrow());
            assertThat(next.entries().toString()).isEqualTo("{web=2:Standard-2X, worker=2:Basic}");
        }
    }

    @Test
    void anUnknownProcessTypeChangesNothing() throws Exception {
        says(
                2,
                "",
                """
                Scaling dynos... !
                 ›   Error: Couldn't find that process type (zzz).
                 ›
                 ›   Error ID: not_found
                """,
                "dyno:scale",
                "web=5",
                "zzz=1");
        says(0, "web=1:Standard-1X worker=1:Standard-1X\n", "", "ps:scale");
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web=101", "web+100", "web=1:huge"})
    void whatCannotBeIsRefused(String change) throws Exception {
        Result result = dyno.call("ps:scale", change);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Scaling dynos... !\n ›   Error: ");
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps:scale", "ps:type"})
    void anAppWithoutProcessTypesHasNoFormation(String command) throws Exception {
        Files.delete(dyno.app().resolve("Procfile"));
        says(
                1,
                "",
                """
                    Error: No process types on app.
                    Upload a Procfile to add process types.
                    https://devcenter.heroku.com/articles/procfile
                """,
                command);
    }

    @Test
    void theSizesAreShownInTwoTables() throws Exception {
        dyno.call("ps:scale", "web=2", "worker=1:basic");
        String tables =
                """
                === Process Types

                  type     size          qty   cost/hour   max cost/month
                 ─────────────────────────────────────────────────────────
                  web      Standard-1X   2     ~$0.069     $50
                  worker   Basic         1     ~$0.010     $7


                === Dyno Totals

                  type          total
                 ─────────────────────
                  Standard-1X   2
                  Basic         1

                """;
        says(0, tables, "", "ps:type");
        says(
                1,
                "",
                "    Error: Type zzz not found in process formation.\n    Types: web, worker\n",
                "ps:type",
                "zzz=standard-1x");
        says(0, tables, "Scaling dynos on app... done\n", "ps:resize", "web=1x");
    }

    @Test
    void ecoHasOnePriceForAllAndAQuantityOfNoneCostsNothingAMonth() throws Exception {
        dyno.call("ps:scale", "web=0");
        says(
                0,
                """
                === Process Types

                  type     size   qty   cost/hour   max cost/month
                 ──────────────────────────────────────────────────
                  web      Eco    0
                  worker   Eco    1


                === Dyno Totals

                  type   total
                 ──────────────
                  Eco    1


                $5 (flat monthly fee, shared across all Eco dynos)
                """,
                "Scaling dynos on app... done\n",
                "ps:type",
                "eco");
        assertThat(dyno.call("ps:type", "performance-m").out())
                .contains("  web      Performance-M   0     ~$0.347     $0\n");
        assertThat(log())
                .endsWith(
                        "app[api]: Scaled to web@0:Performance-M worker@1:Performance-M by user U");
    }

    @Test
    void whereNoneRunsThereIsNothingToRestart() throws Exception {
        says(0, "", "Restarting all dynos on app... done\n", "ps:restart");
        says(0, "", "Restarting all web dynos on app... done\n", "restart", "-p", "web");
        says(
                2,
                "",
                "Restarting dyno web.99 on app... !\n" + NOT_FOUND,
                "ps:restart",
                "-d",
                "web.99");
        says(
                2,
                "",
                """
                 ›   Warning: DYNO is a deprecated argument. Use --dyno-name or --process-type instead.
                Restarting dyno web.1 on app... !
                """
                        + NOT_FOUND,
                "ps:restart",
                "web.1");
        says(
                2,
                "",
                """
                 ›   Error: The following error occurred:
                 ›     --dyno-name=web.1 cannot also be provided when using --process-type
                 ›   See more help with --help
                """,
                "ps:restart",
                "-p",
                "web",
                "-d",
                "web.1");
        says(
                1,
                "",
                " ›   Error: 'a b' is no process type\n"
                        + " ›   A type has letters, digits, - and _: --process-type worker.\n",
                "ps:restart",
                "-p",
                "a b");
    }

    @Test
    void aRunningFormationIsAskedAndAnswers() throws Exception {
        try (var server = open()) {
            server.serve(one -> answer(one, server));
            says(
                    0,
                    "",
                    "Scaling dynos... done, now running web at 3:Standard-1X, worker at"
                            + " 2:Standard-1X\n",
                    "ps:scale",
                    "web=3",
                    "worker+1");
            says(0, "web=3:Standard-1X worker=2:Standard-1X\n", "", "ps:scale");
            assertThat(dyno.call("ps:type", "web=standard-2x").out())
                    .contains("  web      Standard-2X   3     ~$0.208     $150\n");
            says(0, "", "Restarting all dynos on app... done\n", "ps:restart");
            says(0, "", "Restarting dyno web.1 on app... done\n", "ps:restart", "-d", "web.1");
            says(0, "", "Stopping all worker dynos on app... done\n", "ps:stop", "-p", "worker");
            says(
                    2,
                    "",
                    "Stopping dyno web.99 on app... !\n" + NOT_FOUND,
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
        assertThat(log())
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

            says(0, "", "Stopping dyno " + name + " on app... done\n", "ps:stop", "-d", name);
            says(0, "", "Stopping all web dynos on app... done\n", "ps:stop", "-p", "web");
            assertThat(asked)
                    .containsExactly(
                            new Request.Stop(one(name)),
                            new Request.Stop(new Selection.Type(new ProcessType("web"))));
            assertThat(process.isAlive()).isTrue();

            Files.writeString(record, oneOff);
            dyno.call("ps:restart");
            assertThat(process.isAlive()).isTrue();
            says(0, "", "Restarting dyno " + name + " on app... done\n", "ps:restart", "-d", name);
            assertThat(process.waitFor()).isEqualTo(143);
            assertThat(asked).hasSize(3);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void whatIsDamagedIsNamedAndWhatKilledCommandsLeftIsNotCalledForeign() throws Exception {
        dyno.call("ps:scale", "web=2");
        Path formation = state().resolve("formation");
        Files.writeString(formation.resolve("wanted"), "web=2:Standard-1X\nworker=many\n");
        Files.writeString(formation.resolve("requests/1-1"), "");
        Files.writeString(formation.resolve("requests/1-2.answer"), "");
        Files.writeString(formation.resolve("requests/1-3.1.part"), "");

        assertThat(dyno.call("ps").err()).isEmpty();
        assertThat(dyno.call("ps:scale").err())
                .isEqualTo(
                        " ›   Warning: 'worker=many' in "
                                + formation.resolve("wanted")
                                + " is damaged and is ignored\n");
        assertThat(dyno.call("ps:scale").out())
                .isEqualTo("web=2:Standard-1X worker=1:Standard-1X\n");

        dyno.prepare("touch -d '2 minutes ago' '" + formation + "'/requests/*");
        dyno.call("ps");
        assertThat(formation.resolve("requests")).isEmptyDirectory();
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

    private List<String> log() throws Exception {
        return dyno.call("logs", "-s", "app")
                .out()
                .lines()
                .map(line ->
                        line.replaceFirst("^\\S+ ", "")
                                .replaceFirst("by user \\S+@localhost", "by user U"))
                .toList();
    }

    private void says(int status, String out, String err, String... words) throws Exception {
        Result result = dyno.call(words);
        assertThat(result.err()).isEqualTo(err);
        assertThat(result.out()).isEqualTo(out);
        assertThat(result.status()).isEqualTo(status);
    }
}
