package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorwayTest {
    private static final String ARGUMENTS = "printf '<%s>' \"$@\"; cat; exit 42";

    @TempDir private Path directory;

    @Test
    void argumentsStdinAndStatusAreTheProgramsOwn() throws Exception {
        List<String> odd =
                List.of("", "a\nb", "it's", "\"$HOME\" `id`", "*", "--", "-n", "\\", "é\t");
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", ARGUMENTS, "x"));
        argv.addAll(odd);
        try (Program program = start(List.of(), argv, Map.of("PATH", "/usr/bin:/bin"))) {
            program.type("in\nput");
            assertThat(program.rest()).isEqualTo("<" + String.join("><", odd) + ">in\nput");
            assertThat(program.status()).isEqualTo(42);
        }
    }

    @Test
    void theProcessThatEntersIsTheProgram() throws Exception {
        Path one = directory.resolve("o'ne\n $HOME");
        Path two = Files.createFile(directory.resolve("two"));
        List<String> argv = List.of("/bin/sh", "-c", "echo $$");
        try (Program program = start(List.of(one, two), argv, Map.of())) {
            assertThat(program.rest()).isEqualTo(program.pid() + "\n");
        }
        assertThat(one).hasContent("0");
        assertThat(two).hasContent("0");
    }

    @Test
    void aClosedDoorIsPassedByInSilence() throws Exception {
        List<Path> closed = List.of(directory.resolve("none/such"), directory);
        try (Program program = start(closed, List.of("/bin/echo", "here"), Map.of())) {
            assertThat(program.rest()).isEqualTo("here\n");
            assertThat(program.status()).isZero();
        }
    }

    @Test
    void theEnvironmentComesThroughWhateverTheShellThinksOfIt() throws Exception {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PLAIN", "1");
        environment.put("with.dot", "two\nlines");
        environment.put("-x", "dash");
        environment.put("9", "nine");
        environment.put("BASH_FUNC_f%%", "() {  echo f\n}");
        environment.put("OPTIND", "foo");
        environment.put("IFS", "x");
        environment.put("PPID", "77");
        environment.put("LINENO", "abc");
        environment.put("PS4", "four");
        environment.put("SHELLOPTS", "noexec");
        environment.put("OLDPWD", "/zz");
        environment.put("ENV", "/nonexistent");
        environment.put("BASH_ENV", "../profile");
        environment.put("EMPTY", "");
        try (Program program = start(List.of(), List.of("/usr/bin/env", "-0"), environment)) {
            var left = new ArrayList<String>();
            for (String variable : program.rest().split("\0", -1)) {
                // bash, which the program will be, sets these itself in any case.
                if (!variable.isEmpty() && !variable.matches("(?s)(PWD|SHLVL|_)=.*")) {
                    left.add(variable);
                }
            }
            var expected = new ArrayList<String>();
            environment.forEach((name, value) -> expected.add(name + "=" + value));
            assertThat(left).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Program start(
            List<Path> doors, List<String> argv, Map<String, String> environment) throws Exception {
        Invocation through =
                Doorway.enter(
                        doors.stream().map(Path::toString).toList(),
                        new Invocation(argv, environment, Path.of("/")));
        return Program.start(through.argv(), through.environment());
    }
}
