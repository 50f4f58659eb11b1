package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
    @Test
    void theTraceOfABugStandsWhereTheUserIsTold(@TempDir Path home) throws Exception {
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var world =
                new World(
                        Map.of("DYNO_HOME", home.toString()),
                        home,
                        false,
                        false,
                        false,
                        nowhere,
                        nowhere,
                        InstantSource.system());

        Path file = Diagnostics.record(new IllegalStateException("the reason"), world);

        assertThat(file).isEqualTo(home.resolve("dyno.log"));
        assertThat(Files.readString(home.resolve("dyno.log")))
                .contains(
                        "java.lang.IllegalStateException: the reason",
                        "at dev.dyno.cli.DiagnosticsTest.theTraceOfABug");
    }
}
