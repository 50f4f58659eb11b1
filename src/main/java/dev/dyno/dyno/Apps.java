package dev.dyno.dyno;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the app a command is about, and remembers those that were used. */
public final class Apps {
    static final String FILE = "app";

    private final Home home;
    private final Path workingDirectory;
    private final Map<String, String> environment;

    public Apps(Home home, Path workingDirectory, Map<String, String> environment) {
        this.home = home;
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /**
     * The app that {@code given} names, a directory or a known app's name; where it is empty,
     * {@code $DYNO_APP}, {@code $HEROKU_APP} or the working directory (design.md 2).
     *
     * @throws UserError where there is none, or it is a directory that no dyno may be made of
     */
    public App find(String given) {
        String wanted = given;
        for (String variable : List.of("DYNO_APP", "HEROKU_APP")) {
            if (wanted.isEmpty()) {
                wanted = environment.getOrDefault(variable, "");
            }
        }
        Path directory = directory(wanted);
        if (!Files.isDirectory(directory)) {
            throw missing(wanted, directory);
        }
        return check(directory);
    }

    /** Whether it was used before. */
    public boolean isKnown(App app) {
        return Files.exists(home.app(app.key()).resolve(FILE));
    }

    /** Files the app under its name, so that it can be called by it. */
    public void remember(App app) {
        if (!isKnown(app)) {
            write(app);
        }
    }

    /**
     * Has it called otherwise from now on.
     *
     * @throws UserError where another app has that name, or it is none
     */
    public App rename(App app, String name) {
        if (!App.isName(name)) {
            throw new UserError(
                    "'" + Printable.escape(name) + "' is no name of an app",
                    "A name has 3 to 30 lower-case letters, digits and dashes, and begins with a"
                            + " letter.");
        }
        for (App other : all()) {
            if (other.name().equals(name) && !other.key().equals(app.key())) {
                throw new UserError(
                        "Name " + name + " is already taken",
                        "By the app in " + Printable.escape(other.directory().toString()) + ".");
            }
        }
        App renamed = app.called(name);
        write(renamed);
        return renamed;
    }

    private void write(App app) {
        Path file = home.directory(home.app(app.key())).resolve(FILE);
        try {
            new Fields(Map.of("name", app.name(), "directory", app.directory().toString()))
                    .write(file);
        } catch (IOException e) {
            throw new UserError(
                    "cannot write " + file + ": " + e.getMessage(),
                    "Set DYNO_HOME to a directory of yours.");
        }
    }

    private Path directory(String wanted) {
        try {
            Path directory = workingDirectory.resolve(wanted);
            if (wanted.isEmpty() || wanted.indexOf('/') >= 0 || Files.exists(directory)) {
                return directory;
            }
            List<Path> known = known(wanted);
            if (known.size() > 1) {
                throw new UserError(
                        "several apps are called " + wanted, "Name the directory: " + known + ".");
            }
            return known.isEmpty() ? directory : known.getFirst();
        } catch (InvalidPathException e) {
            throw new UserError("Couldn't find that app: " + Printable.escape(wanted));
        }
    }

    private List<Path> known(String name) {
        var found = new ArrayList<Path>();
        for (App app : all()) {
            if (app.name().equals(name) && Files.isDirectory(app.directory())) {
                found.add(app.directory());
            }
        }
        return found;
    }

    /** Those that were used, by name, whether their directories are there still or not. */
    public List<App> all() {
        var all = new ArrayList<App>();
        try (var apps = Files.newDirectoryStream(home.root().resolve("apps"))) {
            for (Path state : apps) {
                read(state.resolve(FILE))
                        .filter(app -> home.app(app.key()).equals(state))
                        .ifPresent(all::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No app was ever used.
        }
        all.sort(Comparator.comparing(App::name).thenComparing(App::directory));
        return all;
    }

    /** Nothing for what is not an app's state, or is just being made. */
    private static Optional<App> read(Path file) {
        try {
            Fields fields = Fields.read(file);
            Path directory = Path.of(fields.get("directory"));
            App app = App.of(directory);
            String name = fields.get("name");
            return directory.isAbsolute()
                    ? Optional.of(App.isName(name) ? app.called(name) : app)
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static UserError missing(String wanted, Path directory) {
        String path = Printable.escape(directory.toString());
        if (Files.exists(directory)) {
            return new UserError(
                    path + " is not a directory",
                    "An app is a directory: " + CalledAs.NAME + " run -a DIRECTORY …");
        }
        return UserError.notFound(
                "Couldn't find that app.",
                "There is no directory "
                        + path
                        + (wanted.indexOf('/') < 0
                                ? ", and no app of that name was used before."
                                : "."));
    }

    private App check(Path directory) {
        Path real;
        try {
            real = directory.toRealPath();
        } catch (IOException e) {
            throw new UserError(
                    "cannot read the app directory " + directory + ": " + e.getMessage());
        }
        String path = Printable.escape(real.toString());
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw new UserError(
                    "cannot read the app directory " + path + ": Permission denied",
                    "Make it readable, or name another directory with -a.");
        }
        String hint = "Change to the app's own directory, or name it with -a.";
        if (real.getNameCount() == 0) {
            throw new UserError("the root directory / is no app", hint);
        }
        if (isSame(real, environment.getOrDefault("HOME", ""))) {
            throw new UserError("your home directory " + path + " is no app", hint);
        }
        if (real(home.root()).startsWith(real)) {
            throw new UserError(
                    "the app directory " + path + " contains dyno's own state",
                    "Set DYNO_HOME to a directory outside of it, or name another app with -a.");
        }
        App app = App.of(real);
        return read(home.app(app.key()).resolve(FILE))
                .filter(known -> known.directory().equals(real))
                .orElse(app);
    }

    private static boolean isSame(Path real, String other) {
        try {
            return !other.isEmpty() && real.equals(Path.of(other).toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** The real path also of a directory that is yet to be made. */
    private static Path real(Path path) {
        Path existing = path.toAbsolutePath().normalize();
        while (existing != null) {
            try {
                Path real = existing.toRealPath();
                return real.resolve(existing.relativize(path.toAbsolutePath().normalize()));
            } catch (IOException e) {
                existing = existing.getParent();
            }
        }
        return path;
    }
}
