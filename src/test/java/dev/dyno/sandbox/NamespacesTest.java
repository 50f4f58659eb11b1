package dev.dyno.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Survivors;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/isolation.md promises of namespaces, tried from inside. */
final class NamespacesTest {
    private @TempDir Path root;
    private Started dyno;

    @BeforeEach
    void directories() throws Exception {
        dyno = new Started(root);
    }

    @Test
    void theAppIsHomeAndWorkingDirectory() throws Exception {
        dyno.file("hello", "from the app");
        assertThat(dyno.out("pwd; echo $HOME; echo ~; cat hello; echo changed > hello"))
                .isEqualTo("/app\n/app\n/app\nfrom the app");
        assertThat(dyno.directory.resolve("app/hello")).hasContent("changed");
    }

    @Test
    void onlyItsOwnProcessesAreSeen() throws Exception {
        assertThat(
                        dyno.out(
                                "ps ax -o pid=,comm= | awk '{print $1, $2}' | grep -v -e ps -e awk -e grep"))
                .isEqualTo("1 bwrap\n2 bash");
    }

    @Test
    void theUserIsNobodyOfTheMachineButSane() throws Exception {
        String name = dyno.out("whoami");
        assertThat(name).matches("u[1-5][0-9]{4}");
        assertThat(dyno.out("id -u; id -g; stat -c %U . ; hostname"))
                .isEqualTo(
                        name.substring(1) + "\n" + name.substring(1) + "\n" + name + "\nrun-7364");
    }

    @Test
    void theHostnameHasAnAddress() throws Exception {
        assertThat(dyno.out("getent hosts run-7364 | awk '{print $1}'")).isEqualTo("127.0.0.1");
    }

    @Test
    void aHomeIsHidden() throws Exception {
        Files.writeString(dyno.home.resolve("canary"), "secret");
        Files.writeString(root.resolve("state/canary"), "secret");
        assertThat(dyno.run("cat '" + dyno.home + "/canary' '" + root + "/state/canary'").out())
                .isEmpty();
        assertThat(dyno.out("ls -A /home /mnt /media /srv | grep -v ':$' | grep . || true"))
                .isEmpty();
        assertThat(dyno.run("ls -A /root; test -S /run/docker.sock; ls /run").out()).isEmpty();
    }

    @Test
    void aToolchainBelowTheHomeStaysUsableButNotItsSecrets() throws Exception {
        Path bin = Files.createDirectories(dyno.home.resolve(".cargo/bin"));
        Path tool = Files.writeString(bin.resolve("tool"), "#!/bin/sh\necho works\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(dyno.home.resolve(".cargo/credentials.toml"), "secret");
        Files.createDirectories(dyno.home.resolve(".rustup"));
        Files.writeString(dyno.home.resolve(".netrc"), "secret");
        dyno.host.put("PATH", bin + ":/usr/bin:/bin");
        dyno.environment.put("PATH", bin + ":/usr/bin:/bin");
        String home = dyno.home.toString();
        assertThat(dyno.out("tool; echo $RUSTUP_HOME; cat " + home + "/.cargo/credentials.toml"))
                .isEqualTo("works\n" + home + "/.rustup");
        assertThat(dyno.run("ls -A " + home).out()).isEqualTo(".cargo\n.rustup\n");
        assertThat(dyno.run("touch " + bin + "/x").err()).contains("Read-only");
        dyno.environment.put("RUSTUP_HOME", "/app/rust");
        assertThat(dyno.out("echo $RUSTUP_HOME")).isEqualTo("/app/rust");
    }

    @Test
    void aProgramLinkedIntoTheHomeWorks() throws Exception {
        Path version = Files.createDirectories(dyno.home.resolve(".nvm/versions/node/v1/bin"));
        Path tool = Files.writeString(version.resolve("tool"), "#!/bin/sh\necho linked\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bin = Files.createDirectories(dyno.home.resolve(".local/bin"));
        Files.createSymbolicLink(bin.resolve("tool"), tool);
        dyno.host.put("PATH", bin + ":/usr/bin:/bin");
        dyno.environment.put("PATH", bin + ":/usr/bin:/bin");
        assertThat(dyno.out("tool; echo $NVM_DIR"))
                .isEqualTo("linked\n" + dyno.home.resolve(".nvm"));
    }

    @Test
    void theSystemIsReadOnly() throws Exception {
        for (String directory : new String[] {"/", "/etc", "/usr", "/home", "/run", "/var"}) {
            assertThat(dyno.run("touch " + directory + "/dyno-test").status())
                    .as(directory)
                    .isEqualTo(1);
        }
        assertThat(
                        dyno.out(
                                "find /proc /sys -xdev -type f -writable 2>/dev/null"
                                        + " | grep -v -e ^/proc/[0-9] -e ^/proc/pressure || true"))
                .isEmpty();
        // Not by writing: were it possible, it would be done to the machine.
        assertThat(dyno.run("test -w /proc/sys/kernel/core_pattern").status()).isEqualTo(1);
    }

    @Test
    void temporaryFilesAreItsOwn() throws Exception {
        assertThat(
                        dyno.out(
                                "ls -A /tmp /var/tmp; touch /tmp/a /var/tmp/b /dev/shm/c; stat -c %a /tmp"))
                .isEqualTo("/tmp:\n\n/var/tmp:\n1777");
        assertThat(dyno.directory.resolve("tmp/a")).exists();
        assertThat(dyno.directory.resolve("vartmp/b")).exists();
        assertThat(Path.of("/dev/shm/c")).doesNotExist();
    }

    @Test
    void aSlugIsNeverWrittenThroughItsOverlay() throws Exception {
        dyno.overlaid = true;
        Path file = dyno.file("lib/file", "slug");
        assertThat(
                        dyno.out(
                                "cat lib/file; echo x > lib/file; rm -r lib; ls -A; echo y > new; stat -c %a ."))
                .isEqualTo("slug755");
        assertThat(file).hasContent("slug");
        assertThat(dyno.slug().resolve("new")).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("run.7364");
    }

    @Test
    void theEnvironmentIsWhatWasGiven() throws Exception {
        dyno.environment.put("SPECIAL", "a b'\"$x\\ ü");
        assertThat(dyno.out("tr '\\0' '\\n' < /proc/$$/environ | cut -d= -f1 | sort"))
                .isEqualTo("HOME\nPATH\nPWD\nSPECIAL\nTMPDIR");
        dyno.environment.put("SPECIAL", "a\nb'\"$x\\ ü");
        assertThat(dyno.out("printf '[%s]' \"$SPECIAL\"")).isEqualTo("[a\nb'\"$x\\ ü]");
    }

    @Test
    void noValueStandsInAnArgument() throws Exception {
        dyno.environment.put("CANARY", "c4n4ry-7364");
        Process process = dyno.start(dyno.invocation("echo up; read _"));
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("up");
        assertThat(Started.commandLinesWith("c4n4ry-7364")).isEmpty();
        assertThat(new Survivors(dyno.directory).find()).contains(process.pid());
        assertThat(Files.getPosixFilePermissions(dyno.directory.resolve("args")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 126, 127, 255})
    void anExitStatusComesThrough(int status) throws Exception {
        assertThat(dyno.run("exit " + status).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 9, 11, 13, 15})
    void aSignalIsA128More(int signal) throws Exception {
        assertThat(dyno.run("ulimit -c 0; exec sh -c 'kill -" + signal + " $$'").status())
                .isEqualTo(128 + signal);
    }

    @Test
    void anUnknownCommandIs127InBashsWords() throws Exception {
        Started.Result result = dyno.run("nonesuch");
        assertThat(result.status()).isEqualTo(127);
        assertThat(result.err()).matches("bash: (line 1: )?nonesuch: command not found\n");
        assertThat(dyno.run("-x").status()).isEqualTo(127);
        assertThat(dyno.run("+x").status()).isEqualTo(127);
        assertThat(dyno.run("/etc").status()).isEqualTo(126);
    }

    @Test
    void profilesAreReadInHerokusOrderAndNoneOfTheMachine() throws Exception {
        dyno.file(".profile.d/b.sh", "echo b; export FROM=b\n");
        dyno.file(".profile.d/a.sh", "echo a\n");
        dyno.file(".profile.d/c.txt", "echo never\n");
        dyno.file(".profile", "echo profile $FROM\n");
        Files.writeString(dyno.home.resolve(".profile"), "echo host\n");
        assertThat(dyno.out("echo command; shopt -q login_shell && echo login"))
                .isEqualTo("a\nb\nprofile b\ncommand\nlogin");
        dyno.file(".bash_profile", "echo bash_profile\n");
        assertThat(dyno.out("true")).isEqualTo("a\nb\nbash_profile");
        assertThat(dyno.out("cat /etc/bash.bashrc")).endsWith("export -n COLUMNS LINES");
    }

    @Test
    void signalsAreDefaultAndDescriptorsFew() throws Exception {
        // The fourth is the one by which ls reads the list.
        assertThat(dyno.out("exec ls /proc/self/fd")).isEqualTo("0\n1\n2\n3");
        assertThat(
                        dyno.run("trap 'echo heard; exit 7' HUP INT TERM; kill -INT $$; echo not")
                                .status())
                .isEqualTo(7);
    }

    /** The program hears it, and bwrap in its group does not end for it. */
    @Test
    void aSignalToTheWholeGroupIsTheProgramsToAnswer() throws Exception {
        Process process =
                dyno.start(
                        dyno.invocation(
                                "trap 'echo heard; exit 7' TERM; echo up; sleep 100 & wait"));
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("up");
        process.descendants().forEach(ProcessHandle::destroy);
        process.toHandle().destroy();
        assertThat(out.readLine()).isEqualTo("heard");
        assertThat(process.waitFor()).isEqualTo(7);
    }

    /** The kernel lets process 1 of a namespace go only when all others are gone. */
    @Test
    void aDaemonEndsWithTheDyno() throws Exception {
        String canary = "7364" + Math.floorMod(root.hashCode(), 100_000);
        Process process =
                dyno.start(
                        dyno.invocation(
                                "(setsid nohup sleep "
                                        + canary
                                        + " >/dev/null 2>&1 &); echo up; read _; exit 3"));
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("up");
        ProcessHandle first = process.children().findFirst().orElseThrow();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(first.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(first);
        assertThat(Started.commandLinesWith("sleep\0" + canary)).isEmpty();
    }

    @Test
    void itsMemoryIsTheSizes() throws Exception {
        Path limit = Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(limit), "no cgroup v1");
        assertThat(dyno.out("cat " + limit)).isEqualTo("536870912");
    }

    @Test
    void itsProcessesAreLimited() throws Exception {
        dyno.processes = 256;
        String limits = dyno.out("ulimit -Su; ulimit -Hu");
        if (dyno.isolation().limitsProcesses()) {
            assertThat(limits).isEqualTo("256\n256");
        }
    }
}
