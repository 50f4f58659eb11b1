package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dyno has changed of its files: {@code diff}, {@code run --diff}, {@code runs:apply}. */
class ChangesTest {
    private static final String CHANGE =
            "echo d >> lib/a.rb; rm old; mkdir -p db/migrate; echo create > db/migrate/1.rb; chmod"
                    + " +x Procfile; mv config.yml settings.yml";
    private static final String CHANGES =
            """
            M  Procfile                    9 B, now executable
            A  db/migrate/1.rb             7 B
            M  lib/a.rb                    6 B -> 8 B
            D  old                         4 B
            R  config.yml => settings.yml  5 B, 100% the same
            """;

    @TempDir Path directory = Path.of("");

    private Dyno dyno(String isolation) throws Exception {
        var dyno = new Dyno(directory, isolation);
        dyno.write("Procfile", "web: true");
        dyno.write("lib/a.rb", "a\nb\nc\n");
        dyno.write("old", "old\n");
        dyno.write("config.yml", "a: 1\n");
        return dyno;
    }

    private static String name(Result run) {
        String err = run.err();
        return err.substring(err.lastIndexOf("up, ") + 4).lines().findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void areShownInTheEndAndLaterOn(String isolation) throws Exception {
        Dyno dyno = dyno(isolation);
        Result run = dyno.run("--diff", "--", CHANGE);
        String name = name(run);

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("up, " + name + "\n" + CHANGES);
        assertThat(dyno.call("diff", name).out()).isEqualTo(CHANGES);
        assertThat(dyno.call("diff", name, "--stat").out())
                .isEqualTo(
                        """
                         Procfile                   | 0
                         db/migrate/1.rb            | 1 +
                         lib/a.rb                   | 1 +
                         old                        | 1 -
                         config.yml => settings.yml | 0
                         5 files changed, 2 insertions(+), 1 deletion(-)
                        """);
        assertThat(dyno.call("diff", name, "--json", "db").out())
                .isEqualTo(
                        """
                        [
                          {
                            "path": "db/migrate/1.rb",
                            "old_path": null,
                            "status": "added",
                            "old_mode": null,
                            "new_mode": "100644",
                            "old_size": null,
                            "size": 7,
                            "similarity": null
                          }
                        ]
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void areShownOfADynoThatRuns(String isolation) throws Exception {
        Dyno dyno = dyno(isolation);
        try (OneOff one = OneOff.start(dyno, Map.of(), CHANGE + "; echo done; cat")) {
            assertThat(one.line()).isEqualTo("done");
            assertThat(dyno.call("diff", one.name()).out()).isEqualTo(CHANGES);
            assertThat(dyno.call("runs:apply", one.name()).err())
                    .contains(one.name() + " runs, and may change more");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void areShownOfASandboxThatWasKept(String isolation) throws Exception {
        Dyno dyno = dyno(isolation);
        String name = name(dyno.run("--keep", "--", CHANGE));

        assertThat(dyno.call("diff", name).out()).isEqualTo(CHANGES);
        dyno.call("run:inside", name, "rm db/migrate/1.rb");
        assertThat(dyno.call("diff", name).out()).doesNotContain("migrate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void areNoneWhereNothingWasWritten(String isolation) throws Exception {
        Dyno dyno = dyno(isolation);
        String name = name(dyno.run("cat old"));

        assertThat(dyno.call("diff", name).out()).isEmpty();
        assertThat(dyno.call("diff", name, "--stat").out()).isEmpty();
        assertThat(dyno.call("diff", name, "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void asAPatchCanBeMadeByPatch() throws Exception {
        Dyno dyno = dyno("plain");
        String name = name(dyno.run("--", "rm old; echo d >> lib/a.rb; echo x > new"));
        Path patch = directory.resolve("patch");
        Files.writeString(patch, dyno.call("diff", name, "--patch").out());
        Process made =
                new ProcessBuilder("patch", "-s", "-p1", "-i", patch.toString())
                        .directory(dyno.app().toFile())
                        .inheritIO()
                        .start();

        assertThat(made.waitFor()).isZero();
        assertThat(dyno.app().resolve("lib/a.rb")).hasContent("a\nb\nc\nd\n");
        assertThat(dyno.app().resolve("new")).hasContent("x\n");
        assertThat(dyno.app().resolve("old")).doesNotExist();
        assertThat(dyno.call("runs:apply", name).err()).contains("there is nothing to do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void leaveTheDynoForTheAppWhereTheyWereChosen(String isolation) throws Exception {
        Dyno dyno = dyno(isolation);
        String name = name(dyno.run("--", CHANGE));
        Result refused = dyno.call("runs:apply", name, "db");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("A  db/migrate/1.rb  7 B\n");
        assertThat(refused.err()).contains("Make these changes in ", "Nothing was changed.");
        assertThat(dyno.app().resolve("db")).doesNotExist();

        byte[] yes = "y\n".getBytes(StandardCharsets.UTF_8);
        Result made = dyno.call(Map.of(), yes, "runs:apply", name, "db", "/app/old");
        assertThat(made.err()).endsWith("... done, 1 written, 1 deleted\n");
        assertThat(dyno.app().resolve("db/migrate/1.rb")).hasContent("create");
        assertThat(dyno.app().resolve("old")).doesNotExist();
        assertThat(dyno.app().resolve("lib/a.rb")).hasContent("a\nb\nc\n");
    }

    @Test
    void doNotGoOverWhatChangedInTheAppMeanwhile() throws Exception {
        Dyno dyno = dyno("plain");
        String name = name(dyno.run("--", CHANGE));
        dyno.write("lib/a.rb", "mine\n");
        Result refused = dyno.call("runs:apply", name, "--yes");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith(
                        " ›   Error: nothing was changed: the app is not as "
                                + name
                                + " found it\n ›   lib/a.rb was changed in the app meanwhile\n");
        assertThat(dyno.app().resolve("old")).exists();
    }

    @Test
    void canBeMadeTwiceAndOnlyWhereThereAreSome() throws Exception {
        Dyno dyno = dyno("namespaces");
        String name = name(dyno.run("rm old; mkdir old; echo new > old/new"));

        assertThat(dyno.call("runs:apply", name, "--yes").status()).isZero();
        assertThat(dyno.app().resolve("old/new")).hasContent("new");
        assertThat(dyno.call("runs:apply", name, "--yes").toString())
                .startsWith("status 0\n")
                .contains("there is nothing to do");
        assertThat(dyno.call("runs:apply", name, "lob").toString())
                .startsWith("status 1\n")
                .contains(name + " has changed nothing of what you name");
    }

    @Test
    void movesNoCursorByTheNameOfAFile() throws Exception {
        Dyno dyno = dyno("plain");
        String name = name(dyno.run("--", "touch $'\\e[2Jred\\n'"));

        assertThat(dyno.call("diff", name).out()).isEqualTo("A  \\x1b[2Jred\\n  0 B\n");
        assertThat(dyno.call("diff", name, "--stat").out()).startsWith(" \"\\033[2Jred\\n\" | 0\n");
    }

    @Test
    void ofAnUnknownDynoAreAnError() throws Exception {
        Result unknown = dyno("plain").call("diff", "run.1");

        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err())
                .isEqualTo(
                        " ›   Error: there is no run.1\n"
                                + " ›   See those there are with: dyno ps, or dyno runs\n");
    }
}
