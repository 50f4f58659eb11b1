package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyno releases:output}. */
@Timeout(60)
final class ReleasesOutputTest {
    private final Dyno dyno;

    ReleasesOutputTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root, "plain");
    }

    private Path releases() throws Exception {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.findFirst().orElseThrow().resolve("releases");
        }
    }

    @Test
    void printsWhatTheReleasePhaseOfAReleaseWrote() throws Exception {
        dyno.run("true");
        dyno.write("file", "2");
        dyno.run("true");
        byte[] bytes = "migrated\n\u001b[32mgreen\u001b[0m\u0000".getBytes(StandardCharsets.UTF_8);
        Files.write(releases().resolve("v1.output"), bytes);

        for (String version : new String[] {"v1", "1"}) {
            Result result = dyno.call("releases:output", version);
            assertThat(result.bytes()).isEqualTo(bytes);
            assertThat(result.err()).isEmpty();
            assertThat(result.status()).isZero();
        }
        Result newest = dyno.call("releases:output");
        assertThat(newest.err())
                .isEqualTo(" ›   Warning: Release v2 has no release output available.\n");
        assertThat(newest.out()).isEmpty();
        assertThat(newest.status()).isZero();
        Files.writeString(releases().resolve("v2.status"), "status=pending\n");
        assertThat(dyno.call("releases:output").err())
                .contains("Warning: Release command not started yet.");
    }

    @Test
    void aReleaseThereIsNotIsAnError() throws Exception {
        assertThat(dyno.call("releases:output").err())
                .isEqualTo(" ›   Warning: App app has no releases\n");
        dyno.run("true");

        Result unknown = dyno.call("releases:output", "v9");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo(
                        """
                         ›   Error: Couldn't find that release.
                         ›   There are those from v1 to v1, not v9.
                         ›   Error ID: not_found
                        """);
        Result none = dyno.call("releases:output", "../v1");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("Error: '../v1' is no release");
    }

    @Test
    void onATerminalOnlyColoursAreObeyed() throws Exception {
        dyno.run("true");
        Files.writeString(releases().resolve("v1.output"), "one\u001b]0;title\u0007\ntwo\n");
        try (var terminal = new ScriptedTerminal(dyno, 24, 80)) {
            assertThat(terminal.shell("$DYNO releases:output"))
                    .isEqualTo("one\\x1b]0;title\\x07\r\ntwo\r\n");
        }
    }
}
