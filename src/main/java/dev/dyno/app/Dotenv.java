package dev.dyno.app;

import dev.dyno.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An .env file as heroku local reads it (heroku.md 6.4), but for the deviations that reliability.md
 * 3.2 lists.
 */
public final class Dotenv {
    private Dotenv() {}

    /** Reads the text of an .env file called {@code file}: lines, or one JSON object. */
    public static Reading<ConfigVars> parse(String file, byte[] content) {
        return EnvFile.parse(file, content).vars();
    }

    /** A file that is not there holds nothing, unless somebody asked for it. */
    public static Reading<ConfigVars> read(Path file, boolean required) {
        return find(file, required)
                .map(EnvFile::vars)
                .orElse(new Reading<>(new ConfigVars(Map.of()), List.of(), List.of()));
    }

    /** The file, if it is there; one that somebody asked for has to be. */
    public static Optional<EnvFile> find(Path file, boolean required) {
        Optional<byte[]> content = AppFile.read(file);
        if (content.isEmpty() && required) {
            throw new UserError(
                    "no env file " + AppFile.name(file), "create it, or name one that exists");
        }
        return content.map(bytes -> EnvFile.parse(file.toString(), bytes));
    }
}
