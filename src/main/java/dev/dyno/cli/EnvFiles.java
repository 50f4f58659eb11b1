package dev.dyno.cli;

import dev.dyno.app.ConfigVars;
import dev.dyno.app.Dotenv;
import dev.dyno.app.EnvFile;
import dev.dyno.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The env files of {@code dyno local} and {@code local:run}: {@code --env FILE[,FILE…]}, else the
 * .env there may be. Of two with the same variable the later wins (heroku.md 6.4).
 *
 * @param names as the user called them
 */
record EnvFiles(ConfigVars vars, String names) {
    private static final String USUAL = ".env";

    static OptionSpec option() {
        return Command.value(
                "FILE",
                "location of env files, commas between, the later overriding the earlier"
                        + " (default: .env)",
                "-e",
                "--env");
    }

    /**
     * Tells which were read, in Heroku's words.
     *
     * @param directory where they are
     * @throws dev.dyno.UserError for one that cannot be read, or was asked for and is not there
     */
    static EnvFiles read(
            ParseResult options, Path directory, Consumer<String> warn, Consumer<String> say) {
        boolean asked = options.hasMatchedOption("--env");
        String names = options.matchedOptionValue("--env", USUAL);
        var vars = new ConfigVars(Map.of());
        for (String name : List.of(names.split(",", -1))) {
            Optional<EnvFile> file =
                    name.isEmpty() ? Optional.empty() : Dotenv.find(directory.resolve(name), asked);
            if (file.isPresent()) {
                vars = vars.with(file.get().vars().orThrow());
                file.get().vars().warnings().forEach(each -> warn.accept(each.describe()));
                say.accept(
                        "[OKAY] Loaded ENV "
                                + Printable.escape(name)
                                + " File as "
                                + (file.get().json() ? "JSON" : "KEY=VALUE")
                                + " Format");
            }
        }
        return new EnvFiles(vars, names);
    }
}
