package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.formation.Formation;
import dev.dyno.formation.FormationServer;
import dev.dyno.it.Dyno.Result;
import dev.dyno.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formation seen and changed where none runs. */
@Timeout(60)
final class FormationTest {
    static final String NOT_FOUND =
            """
             ›   Error: Couldn't find that dyno.
             ›   See the dynos that run with: dyno ps
             ›   Error ID: not_found
            """;

    private final Dyno dyno;
    private final Home home;
    private final App app;

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
        dyno.says(0, "web=1:Standard-1X worker=1:Standard-1X\n", "", "ps:scale");
        dyno.says(
                0,
                "",
                "Scaling dynos... done, now running web at 3:Standard-2X, worker at 2:Basic\n",
                "ps:scale",
                "web=3:standard-2x",
                "worker+1:basic");
        dyno.says(0, "web=3:Standard-2X worker=2:Basic\n", "", "ps:scale");
        dyno.says(
                0,
                "",
                "Scaling dynos... done, now running web at 2:Standard-2X\n",
                "scale",
                "web-1");
        dyno.says(0, "web=2:Standard-2X worker=2:Basic\n", "", "ps:scale", "web");

        assertThat(Local.log(dyno, "-s", "app"))
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
        dyno.says(
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
        dyno.says(0, "web=1:Standard-1X worker=1:Standard-1X\n", "", "ps:scale");
        assertThat(Local.log(dyno, "-s", "app")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web=101", "web+100", "web=1:huge"})
    void whatCannotBeIsRefused(String change) throws Exception {
        Result result = dyno.call("ps:scale", change);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Scaling dynos... !\n ›   Error: ");
        assertThat(Local.log(dyno, "-s", "app")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps:scale", "ps:type"})
    void anAppWithoutProcessTypesHasNoFormation(String command) throws Exception {
        Files.delete(dyno.app().resolve("Procfile"));
        dyno.says(
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
        dyno.says(0, tables, "", "ps:type");
        dyno.says(
                1,
                "",
                "    Error: Type zzz not found in process formation.\n    Types: web, worker\n",
                "ps:type",
                "zzz=standard-1x");
        dyno.says(0, tables, "Scaling dynos on app... done\n", "ps:resize", "web=1x");
    }

    @Test
    void ecoHasOnePriceForAllAndAQuantityOfNoneCostsNothingAMonth() throws Exception {
        dyno.call("ps:scale", "web=0");
        dyno.says(
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
        assertThat(Local.log(dyno, "-s", "app"))
                .endsWith(
                        "app[api]: Scaled to web@0:Performance-M worker@1:Performance-M by user U");
    }

    @Test
    void whereNoneRunsThereIsNothingToRestart() throws Exception {
        dyno.says(0, "", "Restarting all dynos on app... done\n", "ps:restart");
        dyno.says(0, "", "Restarting all web dynos on app... done\n", "restart", "-p", "web");
        dyno.says(
                2,
                "",
                "Restarting dyno web.99 on app... !\n" + NOT_FOUND,
                "ps:restart",
                "-d",
                "web.99");
        dyno.says(
                2,
                "",
                """
                 ›   Warning: DYNO is a deprecated argument. Use --dyno-name or --process-type instead.
                Restarting dyno web.1 on app... !
                """
                        + NOT_FOUND,
                "ps:restart",
                "web.1");
        dyno.says(
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
        dyno.says(
                1,
                "",
                " ›   Error: 'a b' is no process type\n"
                        + " ›   A type has letters, digits, - and _: --process-type worker.\n",
                "ps:restart",
                "-p",
                "a b");
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

    private Path state() {
        return home.app(app.key());
    }
}
