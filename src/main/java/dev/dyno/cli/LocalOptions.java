package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.app.Reading;
import dev.dyno.formation.Formation;
import dev.dyno.output.Format;
import dev.dyno.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.ParseResult;

/** What a call of {@code dyno local} says, and the files it names: read anew for each release. */
record LocalOptions(ParseResult options, World world, App app) {
    private static final String RELEASE = "release";

    private String value(String option) {
        return options.matchedOptionValue(option, "");
    }

    boolean has(String option) {
        return options.hasMatchedOption(option);
    }

    String port() {
        return value("--port");
    }

    String isolation() {
        return value("--isolation");
    }

    Format format() {
        String name = value("--format");
        return switch (name) {
            case "", "local" -> Format.LOCAL;
            case "heroku" -> Format.HEROKU;
            case "json" -> Format.JSON;
            case "raw" -> Format.RAW;
            default ->
                    throw new UserError(
                            "'" + Printable.escape(name) + "' is no format",
                            "There are "
                                    + String.join(", ", names())
                                    + ": "
                                    + CalledAs.NAME
                                    + " local --format=heroku.");
        };
    }

    private static List<String> names() {
        var names = new ArrayList<String>();
        for (Format format : Format.values()) {
            names.add(format.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /**
     * What there is to run.
     *
     * @param directory of the app's files
     */
    Procfile procfile(Path directory, Consumer<String> warn) {
        Path file = procfile(directory);
        if (isWithoutProcfile(directory)) {
            throw new UserError(
                    "No " + name(file) + " found.", "Put it back, or end this with Ctrl-C.");
        }
        if (!Files.exists(file)) {
            return new Procfile(Map.of("web", value("--start-cmd").strip()));
        }
        Procfile procfile = understood(Procfile.readFile(file), warn);
        if (procfile.types().stream().allMatch(RELEASE::equals)) {
            throw new UserError(
                    "no process types in " + name(file), "Add one, as in  web: node server.js");
        }
        return procfile;
    }

    private Path procfile(Path directory) {
        return has("--procfile")
                ? world.workingDirectory().resolve(value("--procfile"))
                : directory.resolve(Procfile.NAME);
    }

    private static String name(Path file) {
        return Printable.escape(String.valueOf(file.getFileName()));
    }

    /** Whether there is neither a Procfile nor a command instead. */
    boolean isWithoutProcfile() {
        return isWithoutProcfile(app.directory())
                && isWithoutProcfile(
                        world.releases(app).files(() -> config(_ -> {}, _ -> {}).vars()));
    }

    private boolean isWithoutProcfile(Path directory) {
        return !Files.exists(procfile(directory)) && value("--start-cmd").isBlank();
    }

    /** That there is no Procfile, in Heroku's words (heroku.md 6.4). */
    List<String> withoutProcfile() {
        return List.of(
                "No "
                        + (has("--procfile")
                                ? Printable.escape(value("--procfile"))
                                : Procfile.NAME)
                        + " found.",
                "Add a Procfile to add process types.",
                "https://devcenter.heroku.com/articles/procfile",
                "Or specify a start command with --start-cmd.");
    }

    /** The files that options name, wherever they are. */
    List<Path> namedFiles() {
        var files = new ArrayList<Path>();
        if (has("--procfile")) {
            files.add(file(value("--procfile")));
        }
        if (has("--env")) {
            for (String name : value("--env").split(",", -1)) {
                files.add(file(name));
            }
        }
        return files;
    }

    private Path file(String name) {
        return world.workingDirectory().resolve(name).toAbsolutePath().normalize();
    }

    /**
     * The config vars, and the names of their files.
     *
     * @param say told which files were read
     */
    EnvFiles config(Consumer<String> warn, Consumer<String> say) {
        Path directory = has("--env") ? world.workingDirectory() : app.directory();
        return EnvFiles.read(options, directory, warn, say);
    }

    private static <T> T understood(Reading<T> reading, Consumer<String> warn) {
        T value = reading.orThrow();
        reading.warnings().forEach(warning -> warn.accept(warning.describe()));
        return value;
    }

    /**
     * What is to run: what is named, else what is remembered.
     *
     * @param remembered an entry for each process type but {@code release}
     */
    Formation formation(Formation remembered) {
        var words = new ArrayList<>(Command.words(options));
        if (has("--formation")) {
            words.add(value("--formation"));
        }
        if (words.stream().allMatch(String::isBlank)) { // "$TYPES" of a script that has none
            return remembered;
        }
        Formation named = remembered;
        Map<String, Integer> quantities =
                FormationWords.parse(words, List.copyOf(remembered.entries().keySet()));
        for (Map.Entry<String, Formation.Entry> each : remembered.entries().entrySet()) {
            int quantity = quantities.getOrDefault(each.getKey(), 0);
            named =
                    named.with(
                            each.getKey(), new Formation.Entry(quantity, each.getValue().size()));
        }
        return named;
    }
}
