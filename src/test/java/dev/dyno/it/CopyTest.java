package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files out of a dyno and into it: {@code ps:copy}. The app is the window's directory. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"namespaces", "plain"})
final class CopyTest {
    private static final String FOREVER = "while :; do sleep 0.1; done";
    private static final String WRONG =
            " ›   Error: Could not transfer the file. Make sure the filename is correct.\n";

    private final Dyno dyno;
    private final Path root;
    private final boolean plain;

    CopyTest(String isolation, @TempDir Path root) throws Exception {
        dyno = new Dyno(root, isolation);
        this.root = root.toRealPath();
        plain = isolation.equals("plain");
    }

    @AfterEach
    void nothingIsLeft() {
        dyno.awaitEnd();
    }

    private OneOff start(String command) throws Exception {
        return OneOff.start(
                dyno, Map.of(), "exec 3>&1 >/dev/null; " + command + "; echo ok >&3; " + FOREVER);
    }

    private OneOff ready(String command) throws Exception {
        OneOff there = start(command);
        assertThat(there.line()).isEqualTo("ok");
        return there;
    }

    private Result copy(OneOff there, String... words) throws Exception {
        return dyno.call(
                Stream.concat(Stream.of("ps:copy", "-d", there.name()), Stream.of(words))
                        .toArray(String[]::new));
    }

    private Path here(String name) {
        return dyno.app().resolve(name);
    }

    private void isMissing(String name) {
        assertThat(Files.exists(here(name), LinkOption.NOFOLLOW_LINKS)).as(name).isFalse();
    }

    @Test
    void aFileComesOutByteForByteAndIsToldOf() throws Exception {
        try (OneOff there =
                ready("mkdir log; head -c 300000 /dev/urandom >log/x; cksum log/x >s")) {
            Result result = copy(there, "log/x");

            assertThat(result.status()).as(result.toString()).isZero();
            assertThat(result.out()).isEqualTo("Copying log/x to x\n");
            assertThat(result.err())
                    .isEqualTo(
                            "Establishing credentials... done\nConnecting to "
                                    + there.name()
                                    + " on app... up\n");
            assertThat(copy(there, "s", "-o", "sum").status()).isZero();
            dyno.prepare("[ \"$(cksum <x)\" = \"$(cut -d' ' -f1-2 sum)\" ]");
            dyno.prepare("[ $(stat -c %a x) = 600 ]");
        }
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws Exception {
        Files.createSymbolicLink(here("link"), root.resolve("nowhere"));
        Files.writeString(here("x"), "mine");
        try (OneOff there = ready("rm -f link; echo new >x; echo new >link")) {
            for (String name : new String[] {"x", "link"}) {
                Result result = copy(there, name);
                assertThat(result.status()).isEqualTo(2);
                assertThat(result.err())
                        .isEqualTo(" ›   Error: The local file " + name + " already exists\n");
            }
            assertThat(Files.readString(here("x"))).isEqualTo("mine");
            assertThat(Files.exists(root.resolve("nowhere"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "fifo", "dir", "dangling", "/dev/zero", "a\nb"})
    void whatIsNoFileIsAnErrorAndLeavesNothing(String name) throws Exception {
        try (OneOff there = ready("mkfifo fifo; mkdir dir; ln -s /nonexistent dangling")) {
            Result result = copy(there, name, "-o", "got");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains(WRONG);
            isMissing("got");
        }
    }

    @Test
    void aDirectoryComesOutWithItsFilesAndNothingElse() throws Exception {
        String deep = "d/" + "long-name-".repeat(20) + "/" + "x".repeat(200);
        try (OneOff there =
                ready(
                        "mkdir -p \"$(dirname "
                                + deep
                                + ")\"; echo deep >"
                                + deep
                                + "; echo a >d/a; chmod +x d/a; ln d/a d/hard; ln -s a d/link; ln -s"
                                + " /etc d/etc; mkfifo d/fifo; mkdir d/empty; echo é >'d/é ü'")) {
            Result result = copy(there, "d", "-r", "-o", "got");

            assertThat(result.status()).as(result.toString()).isZero();
            assertThat(result.err()).contains("Warning: 3 entries were left out");
            dyno.prepare(
                    "cd got; [ \"$(find . -type f | wc -l)\" = 4 ]; [ \"$(find . ! -type f ! -type"
                            + " d)\" = '' ]; cmp a hard; [ -x a ]; [ \"$(cat 'é ü')\" = é ]; [ -d empty"
                            + " ]; grep -q deep long*/x*");
        }
    }

    @Test
    void filesAndDirectoriesGoIn() throws Exception {
        var bytes = new byte[100_000];
        new Random(3).nextBytes(bytes);
        Files.write(here("fix.bin"), bytes);
        dyno.prepare(
                "mkdir -p lib/"
                        + "n".repeat(120)
                        + "; echo x >lib/"
                        + "n".repeat(120)
                        + "/f; printf '#!/bin/sh\\necho ran\\n' >lib/run; chmod +x lib/run; ln -s run lib/l");
        try (OneOff there = ready("rm -rf fix.bin lib; mkdir sub")) {
            String name = there.name();
            assertThat(dyno.call("ps:copy", "fix.bin", name + ":sub/new.bin").toString())
                    .contains("status 0", "Copying fix.bin to " + name + ":sub/new.bin\n");
            assertThat(dyno.call("ps:copy", "fix.bin", name + ":sub").status()).isZero();
            assertThat(dyno.call("ps:copy", "fix.bin", name + ":").status()).isZero();
            assertThat(dyno.call("ps:copy", "lib", name + ":deps").err())
                    .contains("copy it with -r");
            assertThat(dyno.call("ps:copy", "-r", "lib", name + ":deps").toString())
                    .contains("status 0", "1 entries were left out");

            Result seen =
                    dyno.call(
                            "run:inside",
                            name,
                            "cmp fix.bin sub/fix.bin && cmp fix.bin sub/new.bin && deps/run && cat"
                                    + " deps/n*/f && stat -c %a fix.bin deps/run");
            assertThat(seen.out()).isEqualTo("ran\nx\n644\n755\n");
            assertThat(dyno.call("run:inside", name, "cat fix.bin").bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void nothingInTheDynoIsWrittenOver() throws Exception {
        Files.writeString(here("f"), "new");
        try (OneOff there = ready("echo old >f; ln -s elsewhere l; mkdir d")) {
            for (String path : new String[] {"f", "l", ".", "d/../f"}) {
                Result result = dyno.call("ps:copy", "f", there.name() + ":" + path);
                assertThat(result.status()).as(path).isEqualTo(2);
                assertThat(result.err()).contains("already exists in " + there.name());
            }
            assertThat(dyno.call("run:inside", there.name(), "cat f; ls -A d; ls").out())
                    .startsWith("old\n")
                    .doesNotContain("elsewhere");
        }
    }

    @Test
    void noPathLeadsOutOfTheDyno() throws Exception {
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.writeString(here("f"), "in");
        String links = "ln -s " + outside + " l; ln -s " + outside + "/secret s; mkdir d";
        try (OneOff there = ready(links)) {
            String up = "../".repeat(30) + outside.toString().substring(1);
            for (String path :
                    new String[] {"l/secret", "s", outside + "/secret", up + "/secret", "l", up}) {
                Result result = copy(there, "-r", path, "-o", "got");
                assertThat(result.status()).as(path + "\n" + result).isEqualTo(1);
                isMissing("got");
            }
            for (String path : new String[] {"l/new", outside + "/new", up + "/new", "l", "l/"}) {
                Result result = dyno.call("ps:copy", "f", there.name() + ":" + path);
                assertThat(result.status()).as(path + "\n" + result).isNotZero();
            }
            try (Stream<Path> all = Files.list(outside)) {
                assertThat(all).containsExactly(outside.resolve("secret"));
            }
        }
    }

    @Test
    void whatIsSwappedForALinkAgainAndAgainNeverLeadsOut() throws Exception {
        Path secret = Files.writeString(root.resolve("secret"), "secret");
        Files.writeString(here("f"), "in");
        String swap =
                "echo mine >a; ln -s "
                        + secret
                        + " b; mkdir -p t; (while :; do mv -T a c; mv -T b a;"
                        + " mv -T c b; done) 2>/dev/null &";
        try (OneOff there = ready(swap + " true")) {
            for (int i = 0; i < 15; i++) {
                Files.deleteIfExists(here("got"));
                copy(there, "a", "-o", "got");
                if (Files.exists(here("got"))) {
                    assertThat(Files.readString(here("got"))).isEqualTo("mine\n");
                }
            }
        }
        assertThat(Files.readString(secret)).isEqualTo("secret");
    }

    @Test
    void aCopyThatIsInterruptedOrLosesItsDynoLeavesNothing() throws Exception {
        try (OneOff there = ready("truncate -s 100G big; mkdir d; truncate -s 100G d/big")) {
            Process copy = dyno.start(Map.of(), "ps:copy", "-d", there.name(), "big");
            awaitSize(here("big"));
            dyno.prepare("kill -INT " + copy.pid());
            assertThat(copy.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(copy.exitValue()).isNotZero();
            isMissing("big");
            if (!plain) {
                Process lost = dyno.start(Map.of(), "ps:copy", "-d", there.name(), "-r", "d");
                awaitSize(here("d/big"));
                dyno.call("ps:stop", "-d", there.name());
                assertThat(lost.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(lost.exitValue()).isEqualTo(1);
                isMissing("d");
            }
        }
    }

    private static void awaitSize(Path file) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(System.nanoTime()).as("begun").isLessThan(deadline);
        }
    }

    @Test
    void wrongWordsAreErrors() throws Exception {
        assertThat(dyno.call("ps:copy").status()).isEqualTo(2);
        assertThat(dyno.call("ps:copy", "a", "b").status()).isEqualTo(2);
        assertThat(dyno.call("ps:copy", "nofile", "run.1:x").status()).isEqualTo(1);
        Result missing = dyno.call("ps:copy", "a");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("Could not connect to dyno!");
    }
}
