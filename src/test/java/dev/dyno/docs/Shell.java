package dev.dyno.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a line in the checkout as a reader's bash would, with a state directory of its own. */
record Shell(Path state) {
    private static final int SECONDS = 120;
    static final Path ROOT = Path.of(System.getProperty("dyno.root", ".")).toAbsolutePath();

    /** How a line ended: its status and what it printed. */
    record Result(int status, String out, String err) {}

    Result run(String line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(state, "out", "");
        Path err = Files.createTempFile(state, "err", "");
        var builder =
                new ProcessBuilder("bash", "-c", line)
                        .directory(ROOT.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("DYNO_HOME", state.resolve("home").toString());
        environment.remove("DYNO_APP");
        environment.remove("HEROKU_APP");
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("does not end: " + line);
        }
        return new Result(process.exitValue(), read(out), read(err));
    }

    /** Whether a program is on the PATH; says so where a test is skipped for it. */
    boolean has(String program) throws IOException, InterruptedException {
        boolean found = run("command -v " + program).status() == 0;
        if (!found) {
            System.out.println("skipped: " + program + " is not installed");
        }
        return found;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
