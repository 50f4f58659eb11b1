package dev.dyno.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Dynos in namespaces, really started, for a user whose home is in a temporary directory. */
final class Started {
    private static final int SECONDS = 30;

    final Path root;
    final Path home;
    final Path directory;
    final Map<String, String> host = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    boolean overlaid;
    int processes;

    record Result(int status, String out, String err) {}

    Started(Path root) throws IOException {
        this.root = root;
        home = Files.createDirectories(root.resolve("home"));
        directory = root.resolve("state/dynos/run.7364");
        Files.createDirectories(directory.resolve("app"));
        Files.createDirectories(slug());
        host.put("HOME", home.toString());
        host.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", "/app");
        environment.put("TMPDIR", "/tmp");
    }

    Path slug() {
        return root.resolve("state/slugs/a, b:c\\ d\n/app");
    }

    Path file(String name, String text) throws IOException {
        Path file = (overlaid ? slug() : directory.resolve("app")).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Isolation isolation() {
        return Isolation.find(root.resolve("state/isolation"), root.resolve("state/dynos"), host);
    }

    Invocation invocation(String line) throws IOException {
        Isolation isolation = isolation();
        assumeTrue(
                isolation.level() == Isolation.Level.NAMESPACES,
                () -> "no namespaces here: " + isolation.reason());
        assumeTrue(!overlaid || isolation.overlay(), "no overlays here");
        var place =
                new Place(
                        directory,
                        overlaid ? slug() : null,
                        "run.7364",
                        false,
                        processes,
                        536_870_912,
                        host);
        return new Namespaces(isolation, place).invocation(line, environment);
    }

    Process start(Invocation invocation) throws IOException {
        var builder =
                new ProcessBuilder(invocation.argv()).directory(invocation.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        return builder.start();
    }

    Result run(String line) throws Exception {
        Process process = start(invocation(line));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Result(process.exitValue(), out, err);
    }

    String out(String line) throws Exception {
        Result result = run(line);
        assertThat(result.err()).as(line).isEmpty();
        return result.out().stripTrailing();
    }

    /** The command lines of all processes of the machine that hold a text. */
    static List<String> commandLinesWith(String text) throws IOException {
        var found = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    String line =
                            new String(
                                    Files.readAllBytes(process.resolve("cmdline")),
                                    StandardCharsets.UTF_8);
                    if (line.contains(text)) {
                        found.add(line);
                    }
                } catch (IOException e) {
                    // It has ended.
                }
            }
        }
        return found;
    }
}
