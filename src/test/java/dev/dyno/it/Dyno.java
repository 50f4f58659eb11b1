package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The launcher, an app for it and a state directory of its own, all below one directory. */
final class Dyno {
    /**
     * For env: what nohup or a shell in the background had ignored, dyno is to hear all the same.
     */
    static final String SIGNALS = "--default-signal=HUP,INT";

    private static final long LIMIT_SECONDS = 30;

    /** Whether this machine has namespaces; where not, each run would warn of it. */
    private static final boolean NAMESPACES = hasNamespaces();

    private final Path root;
    private final String isolation;

    Dyno(Path root) throws IOException {
        this(root, NAMESPACES ? "" : "plain");
    }

    /**
     * @param isolation what {@code DYNO_ISOLATION} is set to; the test is skipped where this
     *     machine does not have it
     */
    Dyno(Path root, String isolation) throws IOException {
        Assumptions.assumeTrue(NAMESPACES || !isolation.equals("namespaces"), "no namespaces here");
        this.isolation = isolation;
        this.root = root.toRealPath();
        Files.createDirectories(app());
        Files.createDirectories(this.root.resolve("user"));
    }

    /** How a call ended and what it said. */
    static final class Result {
        private final int status;
        private final byte[] out;
        private final String err;

        private Result(int status, byte[] out, String err) {
            this.status = status;
            this.out = out;
            this.err = err;
        }

        int status() {
            return status;
        }

        byte[] bytes() {
            return out.clone();
        }

        String out() {
            return new String(out, StandardCharsets.UTF_8);
        }

        String err() {
            return err;
        }

        @Override
        public String toString() {
            return "status " + status + "\nout: " + out() + "\nerr: " + err;
        }
    }

    private static boolean hasNamespaces() {
        try {
            Path state = Files.createTempDirectory("dyno-doctor");
            ProcessBuilder doctor = new ProcessBuilder(launcher(), "doctor");
            doctor.environment().put("DYNO_HOME", state.toString());
            Process process = doctor.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String found =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            dev.dyno.slug.Removal.remove(state);
            return found.contains("✓ isolation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String launcher() {
        return System.getProperty("dyno.root", "") + "/scripts/dyno";
    }

    Path app() {
        return root.resolve("app");
    }

    Path home() {
        return root.resolve("state");
    }

    void write(String file, String text) throws IOException {
        Path path = app().resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    /** Runs a bash script in the app, outside of any dyno. */
    void prepare(String script) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-ec", script)
                        .directory(app().toFile())
                        .inheritIO()
                        .start();
        if (bash.waitFor() != 0) {
            throw new IllegalStateException("the script failed: " + script);
        }
    }

    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", root.resolve("user").toString());
        environment.put("DYNO_HOME", home().toString());
        environment.put("TERM", "xterm-256color");
        if (!isolation.isEmpty()) {
            environment.put("DYNO_ISOLATION", isolation);
        }
        String java = System.getenv().getOrDefault("JAVA_HOME", "");
        if (!java.isEmpty()) {
            environment.put("JAVA_HOME", java);
        }
        return environment;
    }

    Result run(String... words) throws Exception {
        var all = new ArrayList<String>(List.of("run"));
        all.addAll(List.of(words));
        return call(all.toArray(String[]::new));
    }

    /** Calls it with these words; all that comes of it is this. */
    void says(int status, String out, String err, String... words) throws Exception {
        Result result = call(words);
        assertThat(result.out()).as("out of %s", result).isEqualTo(out);
        assertThat(result.err()).as("err of %s", result).isEqualTo(err);
        assertThat(result.status()).as("status of %s", result).isEqualTo(status);
    }

    Result call(String... words) throws Exception {
        return call(Map.of(), new byte[0], words);
    }

    Result call(Map<String, String> more, byte[] stdin, String... words) throws Exception {
        Process process = start(more, words);
        CompletableFuture<Void> in =
                CompletableFuture.runAsync(
                        () -> feed(process.getOutputStream(), stdin), Thread::startVirtualThread);
        CompletableFuture<byte[]> out = drain(process.getInputStream());
        CompletableFuture<byte[]> err = drain(process.getErrorStream());
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: dyno " + String.join(" ", words));
            }
            in.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return new Result(
                    process.exitValue(),
                    out.get(LIMIT_SECONDS, TimeUnit.SECONDS),
                    new String(err.get(LIMIT_SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts dyno with pipes, the app being the working directory. */
    Process start(Map<String, String> more, String... words) throws IOException {
        var command = new ArrayList<String>(List.of("/usr/bin/env", SIGNALS, launcher()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(app().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        builder.environment().putAll(more);
        return builder.start();
    }

    /** The directories of dynos there are, when what is being removed has been given its time. */
    List<String> sandboxes() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<String> found = directories();
        while (System.nanoTime() < deadline
                && found.stream().anyMatch(d -> d.startsWith(".gone-"))) {
            found = directories();
        }
        return found;
    }

    private List<String> directories() throws IOException {
        var found = new ArrayList<String>();
        Path apps = home().resolve("apps");
        if (!Files.isDirectory(apps)) {
            return found;
        }
        try (Stream<Path> all = Files.list(apps)) {
            for (Path app : all.toList()) {
                Path dynos = app.resolve("dynos");
                if (Files.isDirectory(dynos)) {
                    try (Stream<Path> each = Files.list(dynos)) {
                        each.forEach(dyno -> found.add(dyno.getFileName() + ""));
                    }
                }
            }
        }
        return found;
    }

    /** Until no process is left that has this state directory in its environment. */
    void awaitEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!withEnvironment(home().toString()).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still alive: " + withEnvironment(home().toString()));
            }
        }
    }

    static boolean isAlive(long pid) {
        // A dead one whom nobody has asked about counts as alive to ProcessHandle.
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    /** The command lines of the processes alive now that have this text in their environment. */
    static List<String> withEnvironment(String text) {
        return processes(text, false);
    }

    /** As {@link #withEnvironment}, and of those that have it in their command line. */
    static List<String> marked(String text) {
        return processes(text, true);
    }

    private static List<String> processes(String text, boolean orWords) {
        var found = new ArrayList<String>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            for (ProcessHandle process : all.toList()) {
                Path proc = Path.of("/proc/" + process.pid());
                try {
                    String words = read(proc.resolve("cmdline")).replace('\0', ' ');
                    boolean marked =
                            (orWords && words.contains(text))
                                    || read(proc.resolve("environ")).contains(text);
                    if (marked && isAlive(process.pid())) {
                        found.add(words);
                    }
                } catch (IOException e) {
                    // it has ended
                }
            }
        }
        return found;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static void feed(OutputStream stdin, byte[] bytes) {
        try (stdin) {
            stdin.write(bytes);
        } catch (IOException e) {
            // The program did not want it all.
        }
    }

    private static CompletableFuture<byte[]> drain(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }
}
