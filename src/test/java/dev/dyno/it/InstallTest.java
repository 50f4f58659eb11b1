package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/install} and {@code scripts/uninstall}. */
class InstallTest {
    private static final String SCRIPTS = System.getProperty("dyno.root", "") + "/scripts/";

    /** Where there is no JDK, no Maven and no checkout: only the tools that any machine has. */
    private static final String BARE =
            "bwrap --ro-bind / / --dev /dev --proc /proc --bind \"$ROOT\" \"$ROOT\" --unshare-user"
                    + " $(for d in /usr/lib/jvm /opt \"$CHECKOUT/target\"; do [ ! -d $d ] || echo"
                    + " --tmpfs $d; done) --unsetenv JAVA_HOME --setenv PATH"
                    + " \"$ROOT/prefix/bin:$ROOT/tools\" --chdir \"$ROOT/app\" ";

    @TempDir Path root = Path.of("");

    private record Result(int status, String text) {}

    @Test
    void whatIsInstalledNeedsNothingAndIsTakenAwayWhole() throws Exception {
        var dyno = new Dyno(root);
        dyno.write("Procfile", "web: echo $DYNO\n");
        dyno.prepare(
                "mkdir ../tools; for p in sh bash ls env cat readlink true bwrap; do"
                        + " found=$(command -v $p) && ln -s $found ../tools/; done");
        Path prefix = root.resolve("prefix");
        Files.createDirectories(prefix.resolve("bin"));
        Files.writeString(prefix.resolve("bin/mine"), "mine");

        assertThat(bash(SCRIPTS + "install --prefix \"$ROOT/prefix\"").status()).isZero();
        Result version = bash("\"$ROOT/prefix/bin/dyno\" --version");
        assertThat(version.text()).contains(" from " + prefix.toRealPath() + "/lib/dyno/");
        if (bash("bwrap --ro-bind / / --dev /dev --proc /proc --unshare-user true").status() == 0) {
            Result bare =
                    bash(
                            BARE
                                    + "sh -c 'command -v java javac mvn; dyno run --isolation=plain"
                                    + " \"echo in \\$DYNO; exit 3\"; echo status $?; dyno ps;"
                                    + " dyno doctor; dyno ps --json'");
            assertThat(bare.text())
                    .contains(
                            "in run.", "status 3", "No dynos on app", "with a cache for the start")
                    .doesNotContain("/bin/java\n", "/mvn\n", "Building");
        }
        assertThat(prefix.resolve("share/man/man1/dyno-ps-scale.1")).isNotEmptyFile();
        assertThat(prefix.resolve("share/bash-completion/completions/dyno")).isNotEmptyFile();

        Result again = bash(SCRIPTS + "install --as-heroku --prefix \"$ROOT/prefix\"");
        assertThat(again.status()).as(again.text()).isZero();
        assertThat(bash("\"$ROOT/prefix/bin/heroku\" help").text()).contains("$ heroku COMMAND");
        assertThat(installations()).hasSize(1);

        assertThat(bash("\"$ROOT/prefix/lib/dyno/current/uninstall\"").status()).isZero();
        try (var left = Files.walk(prefix)) {
            assertThat(left.map(prefix::relativize).map(Path::toString))
                    .containsExactlyInAnyOrder("", "bin", "bin/mine");
        }
    }

    @Test
    void anErrorIsOneSentenceAndChangesNothing() throws Exception {
        Files.createDirectories(root.resolve("prefix/bin"));
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("prefix/bin/heroku"), "Heroku's own");

        assertThat(bash(SCRIPTS + "install --as-heroku --prefix \"$ROOT/prefix\""))
                .isEqualTo(
                        new Result(
                                1,
                                root.toRealPath()
                                        + "/prefix/bin/heroku is there and is not dyno's: move it"
                                        + " away, or choose another --prefix.\n"));
        assertThat(bash(SCRIPTS + "install --prefix /proc/no").text())
                .isEqualTo("cannot make /proc/no: choose a directory of yours with --prefix.\n");
        assertThat(bash(SCRIPTS + "install --prfix x").status()).isEqualTo(2);
        assertThat(bash(SCRIPTS + "uninstall --prefix \"$ROOT/none\""))
                .isEqualTo(
                        new Result(
                                1,
                                "dyno is not installed in "
                                        + root.toRealPath()
                                        + "/none: name the directory with --prefix.\n"));
        assertThat(root.resolve("prefix/lib")).doesNotExist();
    }

    private List<Path> installations() throws IOException {
        var found = new ArrayList<Path>();
        try (var each = Files.newDirectoryStream(root.resolve("prefix/lib/dyno"), "*-*")) {
            each.forEach(found::add);
        }
        return found;
    }

    private Result bash(String line) throws Exception {
        var builder =
                new ProcessBuilder("bash", "-c", line)
                        .directory(root.resolve("app").toFile())
                        .redirectErrorStream(true);
        builder.environment().put("ROOT", root.toRealPath().toString());
        builder.environment().put("CHECKOUT", System.getProperty("dyno.root", ""));
        builder.environment().put("DYNO_HOME", root.toRealPath() + "/state");
        builder.environment().remove("DYNO_APP");
        builder.environment().remove("HEROKU_APP");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
