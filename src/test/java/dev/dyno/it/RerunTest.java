package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A one-off is run again as it was: {@code rerun}; what was kept of one is opened again. */
class RerunTest {
    @TempDir Path directory;
    private Dyno dyno;

    @BeforeEach
    void makeApp() throws Exception {
        dyno = new Dyno(directory);
        dyno.write("Procfile", "job: cat file; echo $NAME $OWN\n");
        dyno.write("file", "old\n");
        dyno.write(".env", "NAME=old\n");
    }

    private Path state() throws Exception {
        try (var apps = Files.list(dyno.home().resolve("apps"))) {
            return apps.findFirst().orElseThrow();
        }
    }

    private static String name(Result run) {
        String err = run.err();
        return err.substring(err.lastIndexOf("up, ") + 4).lines().findFirst().orElseThrow();
    }

    @Test
    void hasTheFilesTheProcfileAndTheConfigItHad() throws Exception {
        String name = name(dyno.run("-e", "OWN=1", "job"));
        dyno.write("Procfile", "job: echo another $NAME $OWN\n");
        dyno.write("file", "new\n");
        dyno.write(".env", "NAME=new\n");

        assertThat(dyno.call("rerun", name).out()).isEqualTo("old\nold 1\n");
        assertThat(dyno.call("rerun", name, "--on", "current").out()).isEqualTo("another new 1\n");
        assertThat(dyno.call("rerun", name, "-e", "OWN=2").out()).isEqualTo("old\nold 2\n");
    }

    @Test
    void isARunOfItsOwnWithTheStatusOfItsCommand() throws Exception {
        String name = name(dyno.run("-s", "basic", "exit 7"));
        Result again = dyno.call("rerun", name);

        assertThat(again.status()).isEqualTo(7);
        assertThat(name(again)).isNotEqualTo(name);
        assertThat(dyno.call("runs:info", name(again)).out()).contains("Size:        Basic\n");
    }

    @Test
    void itsReleaseIsKeptForIt() throws Exception {
        Map<String, String> one = Map.of("DYNO_KEEP_RELEASES", "1");
        String name = name(dyno.run("cat file"));
        for (int i = 0; i < 3; i++) {
            dyno.write("file", "new " + i + "\n");
            dyno.call(one, new byte[0], "run", "true");
        }

        assertThat(dyno.call(one, new byte[0], "rerun", name).out()).isEqualTo("old\n");
    }

    @Test
    void manyTimesTellsHowManyFailed() throws Exception {
        String name = name(dyno.run("echo once; exit 2"));
        Result thrice = dyno.call("rerun", name, "--times", "3");

        assertThat(thrice.out()).isEqualTo("once\nonce\nonce\n");
        assertThat(thrice.status()).isEqualTo(2);
        assertThat(thrice.err()).contains("3 of 3 failed, the first with status 2: run.");
    }

    @Test
    void untilItFailsKeepsTheSandboxThatFailed() throws Exception {
        Path count = directory.resolve("count");
        String name =
                name(
                        dyno.run(
                                "--isolation",
                                "plain",
                                "-e",
                                "COUNT=" + count,
                                "echo >> $COUNT;"
                                        + " echo $(wc -l < $COUNT) > made; test $(wc -l < $COUNT) -lt 3"));
        Result hunt = dyno.call("rerun", name, "--until-fail", "--times", "20");
        String failed = name(hunt);

        assertThat(hunt.status()).isEqualTo(1);
        assertThat(hunt.err()).contains(failed + " failed with status 1, the 2. of at most 20");
        assertThat(dyno.call("run:inside", failed, "cat made").out()).isEqualTo("3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "plain"})
    void aSandboxThatWasKeptIsOpenedAgainAndAgain(String isolation) throws Exception {
        dyno = new Dyno(directory, isolation);
        String name = name(dyno.run("--keep", "echo made > made; rm file; echo x > $TMPDIR/x"));
        dyno.write("Procfile", "job: another\n");

        Result first = dyno.call("run:inside", name, "cat made $TMPDIR/x; echo two >> made; ls");
        assertThat(first.out()).isEqualTo("made\nx\nProcfile\nmade\n");
        assertThat(first.err())
                .isEqualTo(
                        "Running cat made $TMPDIR/x; echo two >> made; ls on app... up, "
                                + name
                                + "\n");
        assertThat(dyno.call("run:inside", name, "cat made; exit 4").toString())
                .startsWith("status 4\nout: made\ntwo\n");
        assertThat(dyno.call("runs:info", name).out())
                .contains("Sandbox:     kept\n", "Status:      0\n", "rm file");
    }

    @Test
    void filesAreCopiedOutOfASandboxThatWasKeptAndIntoIt() throws Exception {
        String name = name(dyno.run("--keep", "echo made > made"));
        assertThat(dyno.call("ps:copy", "made", "-d", name).status()).isZero();
        assertThat(dyno.app().resolve("made")).hasContent("made");
        assertThat(dyno.call("ps:copy", "made", name + ":copied").status()).isZero();
        assertThat(dyno.call("run:inside", name, "cat copied").out()).isEqualTo("made\n");
        assertThat(dyno.call("ps").out()).doesNotContain(name);
    }

    @Test
    void anOpenedSandboxIsNotLostWhenDynoIsKilled() throws Exception {
        String name = name(dyno.run("--keep", "echo made > made"));
        try (OneOff inside =
                OneOff.start(dyno, Map.of(), "run:inside", name, "echo in; exec sleep 1000")) {
            assertThat(dyno.call("ps").out()).contains(name + " (Standard-1X): up");
            inside.process().destroyForcibly();
            inside.status();
        }

        assertThat(dyno.call("run:inside", name, "cat made").out()).isEqualTo("made\n");
        assertThat(dyno.call("runs:info", name).out()).contains("Status:      0\n");
    }

    @Test
    void aSandboxIsNotLostWhenDynoIsKilledBeforeItHasOpenedIt() throws Exception {
        String name = name(dyno.run("--keep", "echo made > made"));
        Path dead = state().resolve("dynos").resolve(name);
        Files.createDirectories(dead);
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(
                dead.resolve("dyno"),
                "id=another\nname="
                        + name
                        + "\npid=1\ncommand=cat\nsize=Standard-1X\n"
                        + "release=0\nstate=starting\ncreated_at=1\nupdated_at=1\n");

        assertThat(dyno.call("run:inside", name, "cat made").out()).isEqualTo("made\n");
        assertThat(dyno.call("runs:info", name).out()).contains("Status:      0\n");
        assertThat(dead).doesNotExist();
    }

    @Test
    void whatWasNotKeptCannotBeOpened() throws Exception {
        String name = name(dyno.run("true"));

        assertThat(dyno.call("run:inside", name, "true").toString())
                .startsWith("status 2\n")
                .contains("Couldn't find that dyno.");
    }

    @Test
    void ofALongOutputTheEndIsCompared() throws Exception {
        String name = name(dyno.run("seq 30000"));

        assertThat(dyno.call("rerun", name, "--compare").out())
                .contains("Output: the same in its last 20000 lines\n");
        assertThat(dyno.call("rerun", name, "--compare", "--times", "3").toString())
                .startsWith("status 125\n")
                .contains("--compare runs it once as it was");
    }

    @Test
    void comparedItTellsWhatDiffersFromTheAppAsItIsNow() throws Exception {
        String name =
                name(dyno.run("cat file; echo same > same; cat file > copy; rm .env 2>&-; true"));
        dyno.write("file", "new\n");
        Result compared = dyno.call("rerun", name, "--compare");

        assertThat(compared.status()).isEqualTo(1);
        assertThat(compared.out())
                .startsWith("Status: the same, 0\nOutput: differs\n")
                .contains("-old\n", "+new\n")
                .endsWith("Files: other changes\n  copy  changed to something else\n");
    }

    @Test
    void comparedWithoutADifferenceItsStatusIsZero() throws Exception {
        String name = name(dyno.run("cat file; exit 3"));

        assertThat(dyno.call("rerun", name, "--compare").out())
                .isEqualTo("Status: the same, 3\nOutput: the same\nFiles: the same changes\n");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(dyno.call("rerun").status()).isEqualTo(2);
        assertThat(dyno.call("rerun", "run.1").err()).contains("Couldn't find that dyno.");
        assertThat(dyno.call("rerun", "run.1", "--times", "0").err()).contains("'0' is no number");
        assertThat(dyno.call("rerun", "run.1", "--on", "mars").err()).contains("'mars' is nothing");
    }
}
