package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code dyno local} that runs beside the test. What is awaited of its stdout is looked for
 * behind what was awaited before.
 */
final class Local implements AutoCloseable {
    /** A web program: the file is made by {@link #app}. */
    static final String LISTEN = "exec perl listen.pl";

    private static final long PATIENCE_SECONDS = 30;
    private static final Random RANDOM = new Random();

    private final Dyno dyno;
    private final Process process;
    private final Heard out;
    private final Heard err;
    private int awaited;

    /** Starts it with exactly these words. */
    Local(Dyno dyno, Map<String, String> environment, String... words) throws IOException {
        this.dyno = dyno;
        process = dyno.start(environment, words);
        out = new Heard(process.getInputStream());
        err = new Heard(process.getErrorStream());
    }

    /** Starts one that prints the log. */
    static Local logging(Dyno dyno, Map<String, String> environment, int port, String... words)
            throws IOException {
        return new Local(dyno, environment, words("--format=heroku", port, words));
    }

    /** Starts one that prints the log, at ports that are free. */
    static Local logging(Dyno dyno, Map<String, String> environment, String... words)
            throws IOException {
        return logging(dyno, environment, freePorts(), words);
    }

    /** One that ends by itself, at ports that are free unless these words choose. */
    static Dyno.Result call(Dyno dyno, String... words) throws Exception {
        return dyno.call(words("--no-color", freePorts(), words));
    }

    private static String[] words(String flag, int port, String... words) {
        var all = new ArrayList<>(List.of("local", flag));
        if (!List.of(words).contains("-p")) {
            all.addAll(List.of("-p", Integer.toString(port)));
        }
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    /** Makes the app's files. */
    static void app(Dyno dyno, String procfile) throws IOException {
        dyno.write("Procfile", procfile);
        dyno.write(
                "listen.pl",
                """
                use IO::Socket::INET;
                my $port = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 1, ReuseAddr => 1)
                    or die $!;
                sleep 300;
                """);
    }

    /** A base where a few dynos of three process types find their ports free. */
    static int freePorts() {
        int base;
        do {
            base = 10_240 + RANDOM.nextInt(20_000); // below those that the kernel hands out
        } while (!isFree(base) || !isFree(base + 100) || !isFree(base + 200));
        return base;
    }

    private static boolean isFree(int first) {
        for (int port = first; port < first + 10; port++) {
            try (var _ = new ServerSocket(port)) {
                // so it can be had
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Until each of these texts has come, in whatever order. */
    void await(String... texts) throws InterruptedException {
        int from = awaited;
        for (String text : texts) {
            awaited = Math.max(awaited, out.await(text, from));
        }
    }

    /** Until these dynos are up, as the log says. */
    void awaitUp(String... names) throws InterruptedException {
        await(Stream.of(names).map(Local::up).toArray(String[]::new));
    }

    /** What the log says when this dyno is up. */
    static String up(String name) {
        return "heroku[" + name + "]: State changed from starting to up\n";
    }

    void signal(String name) throws Exception {
        dyno.prepare("kill -" + name + " " + process.pid());
    }

    /** Until it has ended and all it wrote is here. */
    int status() throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        out.awaitEnd();
        err.awaitEnd();
        return process.exitValue();
    }

    /** Ends it in order. */
    void stop() throws Exception {
        signal("TERM");
        assertThat(status()).isEqualTo(143);
    }

    Process process() {
        return process;
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    /** The log as far as these words choose, without times. */
    static List<String> log(Dyno dyno, String... words) throws Exception {
        var all = new ArrayList<>(List.of("logs", "-n", "1000"));
        all.addAll(List.of(words));
        return dyno.call(all.toArray(String[]::new))
                .out()
                .lines()
                .map(line ->
                        line.replaceFirst("^\\S+ ", "")
                                .replaceFirst("by user \\S+@localhost", "by user U"))
                .toList();
    }

    /** What the log says of one dyno, without times and its name. */
    static List<String> story(Dyno dyno, String name) throws Exception {
        return log(dyno, "-d", name).stream()
                .map(line ->
                        line.replace("heroku[" + name + "]: ", "").replace("[" + name + "]", ""))
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.destroyForcibly().onExit().join();
            dyno.start(Map.of(), "ps").onExit().join(); // sweeps
        }
        dyno.awaitEnd();
    }

    /** What has come out of a stream so far. */
    private static final class Heard {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        Heard(InputStream stream) {
            Thread.startVirtualThread(() -> listen(stream));
        }

        private void listen(InputStream stream) {
            var buffer = new byte[1 << 16];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    hear(Arrays.copyOf(buffer, n));
                }
            } catch (IOException e) {
                // what came before counts
            }
            end();
        }

        private synchronized void hear(byte[] more) {
            bytes.writeBytes(more);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        /** Until the text has come; returns where it ends. */
        synchronized int await(String text, int from) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            int at = text().indexOf(text, from);
            while (at < 0 && !ended && System.nanoTime() < deadline) {
                wait(200);
                at = text().indexOf(text, from);
            }
            if (at < 0) {
                throw new AssertionError(
                        "'" + text + "' did not come behind " + from + " of:\n" + text());
            }
            return at + text.length();
        }

        synchronized void awaitEnd() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!ended) {
                wait(200);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("somebody still holds what local wrote to");
                }
            }
        }
    }
}
