package dev.dyno.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program that goes on when dyno and its window are gone: it has a session of its own, reads
 * nothing, and tells dyno on its stdout, in one line, that it has begun. Until then it may use
 * dyno's stderr.
 */
public final class Detached {
    private final Process process;

    private Detached(Process process) {
        this.process = process;
    }

    /**
     * @throws IOException where it cannot be started
     */
    public static Detached start(List<String> command) throws IOException {
        var argv = new ArrayList<>(OwnSession.program());
        argv.addAll(command);
        return new Detached(
                new ProcessBuilder(argv)
                        .redirectInput(Redirect.from(new File("/dev/null")))
                        .redirectError(Redirect.INHERIT)
                        .start());
    }

    /** Waits for what it tells; nothing where it has ended without a word. */
    public Optional<String> report() throws IOException {
        var out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        try (var lines = new BufferedReader(out)) {
            return Optional.ofNullable(lines.readLine());
        }
    }

    /** Waits for its end. */
    public int status() throws InterruptedException {
        return process.waitFor();
    }

    /** Tells it to end: SIGTERM. */
    public void stop() {
        process.destroy();
    }
}
