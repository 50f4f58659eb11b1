package dev.dyno.it;

import dev.dyno.process.Invocation;
import dev.dyno.terminal.TestPty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An app called {@code myapp}, as the captures have it, and {@code heroku} on the PATH for it. */
final class GoldenApp {
    private static final long PATIENCE_SECONDS = 30;
    private static final Pattern STATUS = Pattern.compile("<status (\\d+)>\r\n$");

    private final Dyno dyno;
    private final Path root;
    private final int port = Local.freePorts();
    private final AutoCloseable alive;

    /**
     * @param state what is to be there: {@code plain}, {@code config}, {@code formation}, …
     */
    GoldenApp(Path root, String state) throws Exception {
        this.root = root;
        dyno = new Dyno(root);
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("heroku"), Path.of(Dyno.launcher()));
        script("bin/ls", "echo hello");
        for (String program : List.of("env", "myapp", "-x", "rake")) {
            Files.copy(file("bin/ls"), file("bin/" + program));
        }
        script(
                "bin/bundle",
                "case $DYNO in web.1) exec perl listen.pl ;; web.2) exit 1 ;; esac\nsleep 300");
        Local.app(dyno, "");
        Files.move(dyno.app().resolve("listen.pl"), file("listen.pl"));
        write("myapp/.profile.d/path.sh", "PATH=$HOME/bin:$PATH\n");
        alive = prepare(state);
    }

    private AutoCloseable prepare(String state) throws Exception {
        switch (state) {
            case "plain" -> write("myapp/Procfile", "web: sleep 300\n");
            case "unset" -> heroku("config:set -a myapp A=1 BB=two");
            case "config" ->
                    heroku(
                            "config:set -a myapp FOO=bar \"LONG_NAME=it's a \\\"test\\\"\" EMPTY="
                                    + " $'MULTI=a\\nb' 'SP=a b'");
            case "releases", "phase" -> releases(state);
            case "logs" -> logs();
            case "scaled", "formation" -> {
                write(
                        "myapp/Procfile",
                        "web: bundle exec puma -C config/puma.rb\nworker: rake jobs:work\n");
                script("bin/rake", "sleep 300");
                heroku("ps:scale -a myapp web=2:standard-1x worker=1:basic");
                return state.equals("scaled") ? () -> {} : formation();
            }
            case "local" -> {
                // As in the captures the worker fails, the second web ends well, the first is
                // killed.
                write(
                        "myapp/Procfile",
                        """
                        web: echo "web $PORT $DYNO $FOO $Q"; sleep 1; [ $DYNO = web.2 ] || sleep 60
                        worker: echo "worker $PORT"; sleep 1; exit 3
                        """);
                write("myapp/.env", "FOO=bar\nQ=\"baz\"\n");
            }
            default -> throw new IllegalArgumentException("no state: " + state);
        }
        return () -> {};
    }

    /** v11 to v13 of the captures: what was deployed, a config var, a release phase that failed. */
    private void releases(String state) throws Exception {
        write("myapp/Procfile", "web: sleep 300\n");
        heroku("run -a myapp true");
        heroku("config:set -a myapp FOO=bar LONGER=x");
        if (state.equals("phase")) {
            write("myapp/Procfile", "release: echo release out; exit 1\nweb: sleep 300\n");
            heroku("local -a myapp");
        }
    }

    private void logs() throws Exception {
        heroku("run -a myapp true");
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            Path logs = apps.findFirst().orElseThrow().resolve("logs");
            dyno.prepare("rm " + logs + "/*");
            Files.writeString(
                    logs.resolve("web.1.log"),
                    "2024-10-17T22:23:22.209776+00:00 app[web.1]: log line 1\n");
            Files.writeString(
                    logs.resolve("router.log"),
                    "2024-10-17T22:23:23.032789+00:00 heroku[router]: at=info method=GET path=\"/\""
                            + " host=x status=200 connect=1ms service=700ms dyno=web.1\n");
        }
    }

    /** web.1 up, web.2 crashed, web.3 starting, worker.1 up and a one-off. */
    private AutoCloseable formation() throws Exception {
        heroku("ps:scale -a myapp web=3");
        Local local =
                Local.logging(
                        dyno,
                        Map.of("DYNO_BACKOFF", "3000", "DYNO_BOOT_TIMEOUT", "3000"),
                        port,
                        "-a",
                        "myapp");
        Process bash = dyno.start(environment(), "run", "-a", "myapp", "bash");
        String crash = "State changed from starting to crashed\n";
        awaitAll("logs -a myapp -d web.2", crash, crash);
        awaitAll("ps -a myapp", "): up ", "web.1: up ", "worker.1: up ");
        return () -> {
            bash.destroy();
            bash.waitFor();
            local.stop();
            local.close();
        };
    }

    /** Until this command prints all that, one behind the other. */
    private void awaitAll(String words, String... texts) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isInOrder(heroku(words), texts)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come: " + List.of(texts));
            }
        }
    }

    private static boolean isInOrder(String out, String... texts) {
        int at = 0;
        for (String text : texts) {
            int found = out.indexOf(text, at);
            if (found < 0) {
                return false;
            }
            at = found + text.length();
        }
        return true;
    }

    private Path file(String name) {
        return dyno.app().resolve("myapp").resolve(name);
    }

    private void write(String file, String text) throws IOException {
        dyno.write(file, text);
    }

    private void script(String name, String text) throws IOException {
        write("myapp/" + name, "#!/bin/sh\n" + text + "\n");
        file(name).toFile().setExecutable(true);
    }

    private String heroku(String words) throws Exception {
        return call("heroku " + words).out();
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<>(dyno.environment());
        environment.put("PATH", root.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("PORT", Integer.toString(port));
        return environment;
    }

    private ProcessBuilder bash(String line) {
        var builder =
                new ProcessBuilder("/usr/bin/env", Dyno.SIGNALS, "bash", "-c", line)
                        .directory(dyno.app().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder;
    }

    /** Runs it without a terminal. */
    Capture call(String line) throws Exception {
        Process process = bash(line).start();
        process.getOutputStream().close();
        CompletableFuture<String> err = text(process.getErrorStream());
        CompletableFuture<String> out = text(process.getInputStream());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + line);
        }
        return new Capture(
                line,
                process.exitValue(),
                settled(out.get(PATIENCE_SECONDS, TimeUnit.SECONDS)),
                settled(err.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** Runs it at a terminal of 30 lines of 100 columns. */
    Capture show(String line) throws Exception {
        var screen = new ByteArrayOutputStream();
        var invocation =
                new Invocation(
                        List.of(
                                "/usr/bin/env",
                                Dyno.SIGNALS,
                                "bash",
                                "-c",
                                line + "; echo \"<status $?>\""),
                        environment(),
                        dyno.app());
        Matcher status;
        try (var pty = new TestPty(invocation, 30, 100)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            do {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("still running: " + line + "\n" + screen);
                }
                screen.writeBytes(pty.read(200));
                status = STATUS.matcher(screen.toString(StandardCharsets.UTF_8));
            } while (!status.find());
        }
        return new Capture(
                line, Integer.parseInt(status.group(1)), settled(status.replaceAll("")), "");
    }

    /** The ports of {@code heroku local}, and the paths of all machines. */
    private String settled(String text) {
        return text.replace(Integer.toString(port), "5006")
                .replace(Integer.toString(port + 1), "5007")
                .replace(Integer.toString(port + 100), "5106")
                .replace(root.toString(), "/ROOT");
    }

    /** Ends what runs in it. */
    void end() throws Exception {
        alive.close();
        dyno.awaitEnd();
    }
}
