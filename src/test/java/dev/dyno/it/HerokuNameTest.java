package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ln -s dyno heroku}: who has Heroku's word in the fingers, or in scripts, may keep it. */
class HerokuNameTest {
    @TempDir Path root = Path.of("");

    private Dyno dyno;

    @BeforeEach
    void link() throws IOException {
        dyno = new Dyno(root);
        dyno.write("Procfile", "web: echo $DYNO\n");
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("dyno"), Path.of(Dyno.launcher()));
        Files.createSymbolicLink(bin.resolve("heroku"), Path.of("dyno"));
    }

    @Test
    void helpErrorsAndHintsSayHeroku() throws Exception {
        assertThat(bash("heroku help"))
                .contains("$ heroku COMMAND", "Run heroku help COMMAND")
                .doesNotContain("dyno help");
        assertThat(bash("heroku run --help"))
                .contains("$ heroku run bash")
                .doesNotContain("$ dyno");
        assertThat(bash("heroku run")).contains("Usage: heroku run COMMAND");
        assertThat(bash("heroku psx"))
                .contains("psx is not a heroku command.", "Run heroku help for");
        assertThat(bash("heroku pg:psql")).contains("heroku run 'psql $DATABASE_URL'");
        assertThat(bash("heroku logs -n many")).contains("Say heroku logs -n 20.");
    }

    @Test
    void whatTheUserNamedIsLeftAsItIs() throws Exception {
        assertThat(bash("heroku run -a '/x/dyno run' ls"))
                .contains("There is no directory /x/dyno run.");
    }

    @Test
    void commandsDoWhatTheyDo() throws Exception {
        assertThat(bash("heroku run 'echo in $DYNO; exit 3'; echo status $?"))
                .contains("in run.", "status 3");
        assertThat(bash("heroku local:run 'echo here; exit 4'; echo status $?"))
                .contains("here", "status 4");
        assertThat(bash("heroku ps")).contains("No dynos on app");
        assertThat(bash("dyno help")).contains("$ dyno COMMAND");
    }

    private String bash(String line) throws IOException {
        var builder =
                new ProcessBuilder("bash", "-c", "PATH=" + root.resolve("bin") + ":$PATH; " + line)
                        .directory(dyno.app().toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(dyno.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
