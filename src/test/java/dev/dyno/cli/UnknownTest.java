package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownTest {
    @TempDir Path directory = Path.of("");

    @BeforeEach
    void makeTheApp() throws IOException {
        Files.createDirectories(directory.resolve("app"));
        Files.writeString(directory.resolve("app/Procfile"), "web: sleep 60\n");
    }

    @Test
    void aCommandThatNobodyHasGetsTheNearestName() {
        assertThat(Call.in(directory, "psx"))
                .isEqualTo(
                        new Call(
                                127,
                                "",
                                """
                                 ›   Warning: psx is not a dyno command.
                                 ›   Did you mean ps?
                                 ›   Error: Run dyno help for a list of available commands.
                                """));
    }

    @Test
    void aBlankInsteadOfTheColonIsHerokusErrorAndAHint() {
        assertThat(Call.in(directory, "ps", "scale", "web=2"))
                .isEqualTo(
                        new Call(
                                1,
                                "",
                                "    Error: No scale dynos on app\n ›   Did you mean ps:scale?\n"));
        assertThat(Call.in(directory, "dyno", "scale", "web=2").err())
                .contains("Did you mean dyno:scale?");
        assertThat(Call.in(directory, "help", "ps", "scale").out()).contains("dyno ps:scale");
    }

    @Test
    void theHintIsNotGivenWhereThereIsNothingWrong() {
        assertThat(Call.in(directory, "ps").err()).isEmpty();
        assertThat(Call.in(directory, "ps", "web").err()).doesNotContain("Did you mean");
    }

    @Test
    void theStatusOfAProgramBringsNoHint() {
        var asked = new ArrayList<String>();
        for (String name : Commands.NAMES) {
            Command command = Objects.requireNonNull(Commands.named(name));
            if (command.statusOfUserError() != RunCommand.COULD_NOT_START) {
                continue; // it runs no program
            }
            assertThat(command.isOwnFailure(1)).as(name).isFalse();
            assertThat(command.isOwnFailure(2)).as(name).isFalse();
            assertThat(command.isOwnFailure(RunCommand.COULD_NOT_START)).as(name).isTrue();
            asked.add(name);
        }
        assertThat(asked).contains("run", "run:detached", "run:inside", "ps:exec");
    }

    @Test
    void aCommandThatIsNotForUsersIsNoHint() {
        assertThat(Unknown.joined(List.of("run:detached", "supervisor"))).isEmpty();
        assertThat(Unknown.joined(List.of("run", "detached"))).contains("run:detached");
    }

    /** The topics of Heroku's own command line that are of its service and not of dynos. */
    @Test
    void whatOnlyHerokuHasIsAnsweredByOneLineOnWhatToDoInstead() {
        for (String topic :
                List.of(
                        "access",
                        "accounts",
                        "addons",
                        "auth",
                        "authorizations",
                        "buildpacks",
                        "certs",
                        "ci",
                        "clients",
                        "container",
                        "data",
                        "domains",
                        "drains",
                        "features",
                        "git",
                        "join",
                        "kafka",
                        "keys",
                        "labs",
                        "leave",
                        "lock",
                        "login",
                        "logout",
                        "maintenance",
                        "members",
                        "notifications",
                        "orgs",
                        "pg",
                        "pipelines",
                        "plugins",
                        "psql",
                        "redis",
                        "regions",
                        "reviewapps",
                        "sessions",
                        "spaces",
                        "stack",
                        "status",
                        "teams",
                        "telemetry",
                        "unlock",
                        "update",
                        "usage",
                        "webhooks",
                        "whoami",
                        "which",
                        "commands",
                        "open",
                        "create",
                        "destroy",
                        "fork",
                        "rename")) {
            if (Commands.named(topic) != null) {
                continue;
            }
            Call call = Call.in(directory, topic);
            assertThat(call.status()).as(topic).isEqualTo(1);
            assertThat(call.out()).as(topic).isEmpty();
            assertThat(call.err()).as(topic).matches(" ›   Error: [^\n]{20,150}\n");
        }
        assertThat(Call.in(directory, "addons:create", "heroku-postgresql").err())
                .contains("DATABASE_URL=postgres://");
        assertThat(Call.in(directory, "git:remote", "-a", "shop").err())
                .contains("Nothing is pushed here");
    }

    @Test
    void herokusShortNamesForCommandsOfDynosWork() {
        for (String name :
                List.of(
                        "dyno:scale",
                        "scale",
                        "dyno:resize",
                        "dyno:type",
                        "resize",
                        "ps:resize",
                        "dyno:restart",
                        "restart",
                        "dyno:stop",
                        "dyno:kill",
                        "stop",
                        "kill",
                        "dyno:wait",
                        "local:start",
                        "start")) {
            assertThat(Call.in(directory, name, "--help").status()).as(name).isZero();
        }
    }
}
