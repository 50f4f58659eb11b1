package dev.dyno.limit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real program with pipes, which ends at the latest when this is closed, with all it started. */
final class Program implements AutoCloseable {
    private static final long LIMIT_SECONDS = 20;

    private final Process process;
    private final BufferedReader out;

    private Program(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Program perl(String script) throws IOException {
        return start(List.of("/usr/bin/perl", "-e", "$| = 1; " + script), Map.of());
    }

    static Program start(List<String> argv, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line it prints, or "null" at the end. */
    String line() throws IOException {
        return out.readLine() + "";
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
    }

    /** All it still prints. */
    String rest() throws IOException {
        var rest = new StringBuilder();
        int c;
        while ((c = out.read()) >= 0) {
            rest.append((char) c);
        }
        return rest.toString();
    }

    int status() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + process);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        for (ProcessHandle below : process.descendants().toList()) {
            below.destroyForcibly();
        }
        process.destroyForcibly().onExit().join();
    }
}
