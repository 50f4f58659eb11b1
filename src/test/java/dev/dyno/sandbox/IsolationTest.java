package dev.dyno.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsolationTest {
    private @TempDir Path root;

    @Test
    void findsOnceAndRemembers() throws Exception {
        Isolation first = found();
        Path cache = root.resolve("state/isolation");
        String written = Files.readString(cache);
        Files.writeString(cache, written.replace("overlay=NESTED", "overlay=NONE"));
        assertThat(found().level()).isEqualTo(first.level());
        assertThat(found().how()).isNotEqualTo(Overlay.NESTED);
        assertThat(root.resolve("state/dynos")).isDirectoryContaining("glob:**/run.7364");
        assertThat(root.resolve("state/dynos")).isDirectoryNotContaining("glob:**/.probe*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "end=\n", "for=1\nend=\n", "\u0000\u0001", "level=NAMESPACES\n"})
    void aBrokenCacheIsWrittenAnew(String broken) throws Exception {
        Isolation first = found();
        Files.writeString(root.resolve("state/isolation"), broken);
        assertThat(found().how()).isEqualTo(first.how());
        assertThat(Files.readString(root.resolve("state/isolation"))).endsWith("end=\n");
    }

    @Test
    void whatBwrapSaysIsTheReason() throws Exception {
        var dyno = new Started(root);
        Path refusing =
                Files.writeString(
                        root.resolve("bwrap"), "#!/bin/sh\necho 'bwrap: no' >&2; exit 1\n");
        Files.setPosixFilePermissions(
                refusing, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        var probe = new Probe(refusing.toString(), root.resolve("state/dynos"), dyno.host);
        assertThat(probe.run()).isNull();
        assertThat(probe.refusal()).isEqualTo("bwrap: no");
    }

    @Test
    void eachRefusalHasItsRemedy() {
        String bwrap = "/usr/bin/bwrap";
        assertThat(Remedy.forRefusal("bwrap: Creating new namespace failed: ... (ENOSPC)", bwrap))
                .contains("max_user_namespaces");
        assertThat(
                        Remedy.forRefusal(
                                "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
                                bwrap))
                .contains("container");
        assertThat(Remedy.forRefusal("bwrap: Unknown option --chmod", bwrap)).contains("0.8");
        assertThat(Remedy.forRefusal("something else", bwrap)).isEmpty();
    }

    @Test
    void aHomeItselfIsNoToolchain() {
        Path home = root.resolve("home");
        var toolchains =
                new Toolchains(
                        home,
                        java.util.Map.of(
                                "GOROOT", home.toString(),
                                "JAVA_HOME", root.toString(),
                                "PATH", home + ":" + home.resolve(".config") + ":relative::"));
        toolchains.find();
        assertThat(toolchains.places()).isEqualTo(List.of());
    }

    private Isolation found() throws Exception {
        Isolation isolation = new Started(root).isolation();
        assumeTrue(isolation.level() == Isolation.Level.NAMESPACES, isolation::reason);
        return isolation;
    }
}
