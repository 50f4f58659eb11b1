package dev.dyno.formation;

import dev.dyno.app.App;
import dev.dyno.store.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another window: a process of its own that runs a formation and does nothing with it, until its
 * input ends or it is killed.
 */
final class OtherWindow implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    OtherWindow(Home home, App app, String mode) throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home", ""), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path", ""),
                                OtherWindow.class.getName(),
                                home.root().toString(),
                                app.directory().toString(),
                                mode)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Its next line. */
    @Nullable String line() throws IOException {
        return out.readLine();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("does not end");
    }

    /** {@code OtherWindow HOME APP MODE}. */
    public static void main(String[] arguments) throws IOException {
        var home = new Home(Path.of(arguments[0]));
        App app = App.of(Path.of(arguments[1]));
        String mode = Objects.requireNonNull(arguments[2]);
        InstantSource clock = InstantSource.system();
        if (mode.equals("command")) {
            Place place = Place.of(home, app);
            place.make();
            Holder me = Holder.me(Holder.Role.COMMAND, clock.instant());
            try (var lock = FormationLock.tryTake(place.lock(), me).orElseThrow()) {
                System.out.println("holds " + lock.getClass().getSimpleName());
                awaitEnd();
            }
            return;
        }
        try (var server = FormationServer.open(home, app, clock)) {
            if (!mode.equals("deaf")) {
                server.serve(asked -> {
                    System.out.println(asked.request());
                    if (mode.equals("answers")) {
                        asked.answer(new Answer.Done(Formation.EMPTY));
                    }
                });
            }
            System.out.println("runs");
            awaitEnd();
        } catch (dev.dyno.UserError e) {
            System.out.println(e.getMessage());
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
    }
}
