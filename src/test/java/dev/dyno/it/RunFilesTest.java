package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a dyno: those of the app as they are, and its own to do with as it likes. */
final class RunFilesTest {
    private static final String LIST =
            "find . -printf '%P %y %m %s %l %T@\\n' | LC_ALL=C sort; find . -type f -exec cksum {} +";

    private final Dyno dyno;

    RunFilesTest(@TempDir Path root) throws Exception {
        dyno = new Dyno(root);
    }

    @BeforeEach
    void procfile() throws Exception {
        dyno.write("Procfile", "web: true\n");
    }

    @Test
    void theAppIsNotTouched() throws Exception {
        dyno.write("src/main.rb", "puts 1");
        String before = listing();

        assertThat(dyno.run("rm -rf * .env; echo new > new; mkdir d; ls -d d").out())
                .isEqualTo("d\n");

        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void nothingOfADynoIsLeft() throws Exception {
        assertThat(dyno.run("mkdir -p a/b; chmod 0 a; touch $TMPDIR/x; exit 3").status())
                .isEqualTo(3);

        assertThat(dyno.sandboxes()).isEmpty();
    }

    @Test
    void aFifoOfTheAppIsLeftOutWithAWarning() throws Exception {
        dyno.prepare("mkfifo queue");

        Result result = dyno.run("ls");

        assertThat(result.out()).isEqualTo("Procfile\n");
        assertThat(result.err()).contains("Warning: queue is neither file, directory nor link");
    }

    @Test
    void linksAreCopiedAsLinks() throws Exception {
        dyno.prepare("ln -s nowhere dangling; ln -s loop loop; ln -s /etc/hostname absolute");

        assertThat(dyno.run("readlink dangling loop absolute").out())
                .isEqualTo("nowhere\nloop\n/etc/hostname\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void namesOfAnyBytesAreKept(String locale) throws Exception {
        dyno.prepare(
                "rm Procfile; touch -- $'new\\nline' -dash $'\\xff\\xfe' $'\\xc3\\xa9t\\xc3\\xa9'");

        Result result =
                dyno.call(
                        Map.of("LANG", locale, "LC_ALL", locale),
                        bytes(""),
                        "run",
                        "export LC_ALL=C; printf '%s\\0' * | od -An -v -tx1 | tr -d ' \\n'");

        assertThat(result.out())
                .isEqualTo("2d6461736800" + "6e65770a6c696e6500" + "c3a974c3a900" + "fffe00");
    }

    @Test
    void gitAndWhatSlugignoreNamesStayOutside() throws Exception {
        dyno.write(".git/config", "");
        dyno.write(".slugignore", "*.psd\n/doc\n");
        dyno.write("logo.psd", "");
        dyno.write("doc/readme", "");
        dyno.write("lib/doc/readme", "");

        assertThat(dyno.run("find . -type f | LC_ALL=C sort").out())
                .doesNotContain(".git/", ".psd", "./doc")
                .contains("./Procfile\n", "./lib/doc/readme\n");
    }

    @Test
    void aSparseFileStaysSparse() throws Exception {
        dyno.prepare("truncate -s 1G disk; printf x >> disk");

        String[] sizes = dyno.run("stat -c '%s %b' disk").out().strip().split(" ", -1);

        assertThat(sizes[0]).isEqualTo("1073741825");
        assertThat(Long.parseLong(sizes[1])).isLessThan(1000);
    }

    @Test
    void modeAndModificationTimeAreKept() throws Exception {
        dyno.prepare(
                "touch -d 2001-02-03T04:05:06.789Z old; chmod 640 old; mkdir shut;"
                        + " touch -d 2002-02-03T04:05:06Z shut; chmod 550 shut");

        assertThat(dyno.run("TZ=UTC stat -c '%a %.3Y' old shut").out())
                .isEqualTo("640 981173106.789\n550 1012709106.000\n");
    }

    private String listing() throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-c", LIST)
                        .directory(dyno.app().toFile())
                        .redirectErrorStream(true)
                        .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
