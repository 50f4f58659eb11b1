package dev.dyno.it;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A one-off that runs in a window of its own, and has printed {@code $DYNO} first. */
final class OneOff implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final String name;

    private OneOff(Process process, BufferedReader output, String name) {
        this.process = process;
        this.output = output;
        this.name = name;
    }

    /** Prints its name, then does this. */
    static OneOff start(Dyno dyno, Map<String, String> environment, String command)
            throws Exception {
        return start(dyno, environment, "run", "echo $DYNO; " + command);
    }

    /** Any command of dyno's; what it prints first is the name. */
    static OneOff start(Dyno dyno, Map<String, String> environment, String... words)
            throws Exception {
        Process process = dyno.start(environment, words);
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null) {
            String error =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new AssertionError("it did not begin: " + error);
        }
        return new OneOff(process, output, line);
    }

    /** What it printed first. */
    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    String line() throws Exception {
        return String.valueOf(output.readLine());
    }

    int status() throws Exception {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("still running");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
