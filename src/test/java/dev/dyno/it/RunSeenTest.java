package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ps} and {@code logs} show of a run, meanwhile and afterwards. */
final class RunSeenTest {
    private final Dyno dyno;

    RunSeenTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void procfile() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void theLogTellsTheDynosLife() throws Exception {
        assertThat(dyno.run("exit 3").status()).isEqualTo(3);

        List<String> messages = new ArrayList<>();
        for (String line : dyno.call("logs").out().lines().toList()) {
            messages.add(line.replaceFirst("^\\S+ ", "").replaceAll("run\\.\\d{4}", "run.N"));
        }
        String user = Pattern.quote(System.getProperty("user.name", ""));
        assertThat(messages).hasSizeGreaterThanOrEqualTo(6);
        assertThat(messages.subList(0, 3))
                .zipSatisfy(
                        List.of(
                                "Deploy [0-9a-f]{8}",
                                "Release v1 created", "Starting process with command `exit 3`"),
                        (line, words) ->
                                assertThat(line)
                                        .matches(
                                                "app\\[api]: "
                                                        + words
                                                        + " by user "
                                                        + user
                                                        + "@localhost"));
        assertThat(messages)
                .containsSubsequence(
                        "heroku[run.N]: Starting process with command `exit 3`",
                        "heroku[run.N]: Process exited with status 3",
                        "heroku[run.N]: State changed from up to complete")
                .contains(
                        "heroku[run.N]: State changed from starting to up",
                        "heroku[run.N]: Awaiting client");
    }

    @Test
    void ctrlCEndsAFollowedLogAndThePromptHasALineOfItsOwn() throws Exception {
        dyno.run("true");
        try (var terminal = new ScriptedTerminal(dyno, 24, 120)) {
            terminal.line("$DYNO logs --tail");
            terminal.awaitText("from up to complete\r\n");
            terminal.type("\003");
            terminal.awaitText("^C\r\n" + ScriptedTerminal.PROMPT);

            assertThat(terminal.shell("echo $?")).isEqualTo("130\r\n");
        }
    }

    @Test
    void logsOfANameThatIsNoneAreRefused() throws Exception {
        Result result = dyno.call("logs", "-d", "../../x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Error: '../../x' is no dyno's name");
    }

    @Test
    void psShowsADynoWhileItRuns() throws Exception {
        Process process = dyno.start(Map.of(), "run", "echo ready; cat");
        try (var out = reader(process)) {
            assertThat(out.readLine()).isEqualTo("ready");

            assertThat(dyno.call("ps").out())
                    .matches(
                            "(?s)=== run: one-off processes \\(1\\)\n\n"
                                    + "run\\.\\d{4} \\(Standard-1X\\): up \\d{4}/.* \\(~ \\d+s ago\\):"
                                    + " echo ready; cat\n\n");
            assertThat(dyno.call("ps", "--json").out())
                    .containsSubsequence(
                            "\"id\"",
                            "\"attach_url\"",
                            "\"command\": \"echo ready; cat\"",
                            "\"created_at\"",
                            "\"name\": \"run.",
                            "\"release\"",
                            "\"app\"",
                            "\"size\": \"Standard-1X\"",
                            "\"state\": \"up\"",
                            "\"type\": \"run\"",
                            "\"updated_at\"");
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(dyno.call("ps").out()).isEqualTo("No dynos on app\n");
    }
}
