package dev.dyno.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** How a call of dyno in this JVM ended, and what it said; no terminal anywhere. */
record Call(int status, String out, String err) {
    /**
     * @param directory where it is called; its state is in {@code state} there
     */
    static Call in(Path directory, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var world =
                new World(
                        Map.of("DYNO_HOME", directory.resolve("state").toString()),
                        directory.resolve("app"),
                        false,
                        false,
                        false,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InstantSource.system());
        int status = Main.run(List.of(words), world);
        world.out().flush();
        world.err().flush();
        return new Call(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
