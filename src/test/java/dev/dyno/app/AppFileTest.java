package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AppFileTest {
    @TempDir Path app;

    @Test
    void anAppWithoutAProcfileHasNoProcessTypes() {
        Reading<Procfile> reading = Procfile.read(app);

        assertThat(reading.orThrow().types()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void aProcfileIsReadThroughALink() throws IOException {
        Files.writeString(app.resolve("Procfile.real"), "web: a\n");
        Files.createSymbolicLink(app.resolve("Procfile"), Path.of("Procfile.real"));

        assertThat(Procfile.read(app).orThrow().types()).containsExactly("web");
    }

    @Test
    void anEmptyProcfileIsAnError() throws IOException {
        Files.createFile(app.resolve("Procfile"));

        assertThat(Procfile.read(app).errors()).hasToString("[Procfile: no processes defined]");
    }

    @Test
    void aMissingEnvFileHoldsNothingUnlessItWasAskedFor() {
        Path missing = app.resolve("no\nsuch.env");

        assertThat(Dotenv.read(missing, false).orThrow().values()).isEmpty();
        assertThatThrownBy(() -> Dotenv.read(missing, true))
                .isInstanceOf(UserError.class)
                .hasMessage("no env file " + app + "/no\\x0asuch.env");
    }

    @Test
    void findingsNameTheEnvFileByItsPath() throws IOException {
        Path file = Files.writeString(app.resolve("my.env"), "A B=1\n");

        assertThat(Dotenv.read(file, true).errors())
                .hasToString("[" + file + ":1: invalid variable name 'A B']");
    }

    @Test
    void aProcfileThatWasNamedHasToBeThere() throws IOException {
        Path file = app.resolve("Procfile.dev");
        assertThatThrownBy(() -> Procfile.readFile(file))
                .isInstanceOf(UserError.class)
                .hasMessage("no Procfile " + file);

        Files.writeString(file, "web: a\nworker\n");
        assertThat(Procfile.readFile(file).value().command("web")).contains("a");
        assertThat(Procfile.readFile(file).errors()).hasToString("[" + file + ":2: no \":\"]");
    }

    @Test
    void anAppJsonIsReadWhereThereIsOne() throws IOException {
        assertThat(AppJson.read(app)).isEmpty();

        Files.writeString(app.resolve("app.json"), "{\"scripts\": {\"postdeploy\": \"seed\"}}");
        assertThat(AppJson.read(app).orElseThrow().orThrow().postdeploy()).isEqualTo("seed");
    }

    @Test
    void aPipeIsNeverOpened() throws Exception {
        Path pipe = app.resolve("Procfile");
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();

        refuses(pipe, "it is a pipe, a socket or a device");
    }

    @Test
    void aDeviceBehindALinkIsNeverOpened() throws IOException {
        Path link = Files.createSymbolicLink(app.resolve("Procfile"), Path.of("/dev/zero"));

        refuses(link, "it is a pipe, a socket or a device");
        Files.delete(link);
    }

    @Test
    void aDirectoryIsRefused() throws IOException {
        refuses(Files.createDirectory(app.resolve("Procfile")), "it is a directory");
    }

    @Test
    void aLinkToNothingIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(app.resolve("Procfile"), Path.of("gone"));

        refuses(link, "it is a link to a file that does not exist");
    }

    @Test
    void aLinkToItselfIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(app.resolve("Procfile"), Path.of("Procfile"));

        refuses(link, "");
    }

    @Test
    void aFileOfMoreThanAMebibyteIsRefused() throws IOException {
        Path file = Files.write(app.resolve("Procfile"), new byte[AppFile.LIMIT]);
        assertThat(AppFile.read(file)).isPresent();

        Files.write(file, new byte[AppFile.LIMIT + 1]);
        refuses(file, "it is larger than 1 MiB");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = Files.writeString(app.resolve("Procfile"), "web: a\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads everything");

        refuses(file, "permission denied");
    }

    private void refuses(Path path, String why) {
        assertThatThrownBy(() -> Procfile.read(app))
                .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.hint()).isNotEmpty())
                .hasMessageStartingWith("cannot read " + path + ": " + why);
        assertThatThrownBy(() -> Dotenv.read(path, false)).isInstanceOf(UserError.class);
    }
}
