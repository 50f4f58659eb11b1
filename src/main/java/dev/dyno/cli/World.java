package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Dotenv;
import dev.dyno.dyno.Apps;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.Sweep;
import dev.dyno.release.Releases;
import dev.dyno.store.Home;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** All that a command knows of the outside: made once, in {@link Main}. */
record World(
        Map<String, String> environment,
        Path workingDirectory,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        PrintStream out,
        PrintStream err,
        InstantSource clock) {
    private static final int MOST_SECONDS = 1_000_000;

    /**
     * How long a dyno's processes have to end when told to: {@code $DYNO_GRACE} seconds, else 30
     * (heroku.md 4.4).
     */
    Duration grace() {
        return seconds("DYNO_GRACE", 30);
    }

    /** The first cool-off of a dyno that crashes again: {@code $DYNO_BACKOFF} seconds, else 2. */
    Duration backoff() {
        return seconds("DYNO_BACKOFF", 2);
    }

    /**
     * How long a web dyno has to listen: {@code $DYNO_BOOT_TIMEOUT} seconds, else 60 (heroku.md
     * 4.4).
     */
    Duration bootTimeout() {
        return seconds("DYNO_BOOT_TIMEOUT", 60);
    }

    private Duration seconds(String variable, int otherwise) {
        String given = environment.getOrDefault(variable, "");
        if (given.isEmpty()) {
            return Duration.ofSeconds(otherwise);
        }
        try {
            double seconds = Double.parseDouble(given);
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                variable + " is '" + Printable.escape(given) + "'",
                "It is a number of seconds: " + variable + "=" + otherwise + ".");
    }

    /** How many releases of an app are kept: {@code $DYNO_KEEP_RELEASES}, else 10. */
    int keepReleases() {
        return count("DYNO_KEEP_RELEASES", 10);
    }

    /** How many one-offs of an app are remembered: {@code $DYNO_KEEP_RUNS}, else 100. */
    int keepRuns() {
        return count("DYNO_KEEP_RUNS", 100);
    }

    private int count(String variable, int otherwise) {
        String given = environment.getOrDefault(variable, "");
        try {
            int count = given.isEmpty() ? otherwise : Integer.parseInt(given);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                variable + " is '" + Printable.escape(given) + "'",
                "It is a number, 1 or more: " + variable + "=" + otherwise + ".");
    }

    /** Who uses dyno, as logs and releases name them: {@code alice@localhost}. */
    static String user() {
        return System.getProperty("user.name") + "@localhost";
    }

    Home home() {
        return Home.locate(environment, workingDirectory);
    }

    Apps apps() {
        return new Apps(home(), workingDirectory, environment);
    }

    Dynos dynos(App app) {
        return new Dynos(home(), app, clock, ThreadLocalRandom.current());
    }

    Releases releases(App app) {
        var dynos = dynos(app);
        return new Releases(home(), app, clock, keepReleases(), () -> dynos.inUse(keepRuns()));
    }

    /** What the app's .env holds. */
    static ConfigVars env(App app) {
        return Dotenv.read(app.directory().resolve(".env"), false).orThrow();
    }

    /** Where the files lie that a run of the app would be of. */
    Path files(App app) {
        return releases(app).files(() -> env(app));
    }

    /**
     * Whether a program is to have a terminal: both ends are one, and {@code --no-tty} does not say
     * otherwise.
     */
    boolean givesTerminal(ParseResult options) {
        return inIsTerminal && outIsTerminal && !options.hasMatchedOption("--no-tty");
    }

    /** The user's terminal for a program; null where it is not to have one. */
    @Nullable Terminal terminal(ParseResult options) throws IOException {
        return givesTerminal(options) ? Terminal.open() : null;
    }

    /** What every command does first: looks after the state directory, and says what is wrong. */
    void sweep(Messages messages) {
        home().check().forEach(messages::warning);
        new Sweep(home(), clock, keepRuns()).run().forEach(messages::warning);
    }

    Palette palette(boolean noColor) {
        return Palette.choose(outIsTerminal, noColor, environment);
    }

    Messages messages(boolean noColor) {
        boolean colour = errIsTerminal && palette(noColor).level() != Palette.Level.NONE;
        return new Messages(err, colour ? palette(noColor) : Palette.PLAIN);
    }
}
