package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Finding;
import dev.dyno.app.Procfile;
import dev.dyno.app.Reading;
import dev.dyno.slug.SlugIgnore;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno check}: what dyno understands of the app's files, and what it does not. */
final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "check",
                        "read Procfile, .env and .slugignore and tell what was understood",
                        "  $ dyno check",
                        "  $ dyno check -a samples/node --json");
        return Command.withApp(spec)
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(
                        Command.value(
                                "FILE", "read this file instead of the app's .env", "--env-file"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var errors = new ArrayList<Finding>();
        var warnings = new ArrayList<Finding>();
        Procfile procfile = new Procfile(Map.of());
        try {
            procfile = gather(Procfile.read(app.directory()), errors, warnings);
        } catch (UserError e) {
            errors.add(unreadable(Procfile.NAME, e));
        }
        ConfigVars config = new ConfigVars(Map.of());
        try {
            config =
                    gather(
                            OneOffFlags.configFile(options, app.directory(), world),
                            errors,
                            warnings);
        } catch (UserError e) {
            errors.add(unreadable(".env", e));
        }
        try {
            for (String warning : SlugIgnore.read(app.directory()).warnings()) {
                int colon = warning.indexOf(':');
                warnings.add(
                        new Finding(
                                SlugIgnore.NAME,
                                Integer.parseInt(warning.substring(0, colon)),
                                0,
                                warning.substring(colon + 2),
                                ""));
            }
        } catch (UserError | IOException e) {
            errors.add(new Finding(SlugIgnore.NAME, 0, 0, "cannot be read: " + e.getMessage(), ""));
        }
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(json(procfile, config, errors, warnings)));
        } else {
            print(procfile, config, errors, warnings, options, world);
        }
        return errors.isEmpty() ? 0 : 1;
    }

    private static Finding unreadable(String file, UserError error) {
        return new Finding(file, 0, 0, String.valueOf(error.getMessage()), "");
    }

    private static <T> T gather(Reading<T> reading, List<Finding> errors, List<Finding> warnings) {
        errors.addAll(reading.errors());
        warnings.addAll(reading.warnings());
        return reading.value();
    }

    private static Map<String, Object> json(
            Procfile procfile, ConfigVars config, List<Finding> errors, List<Finding> warnings) {
        var json = new LinkedHashMap<String, Object>();
        json.put("procfile", procfile.commands());
        json.put("config", config.values());
        json.put("errors", errors.stream().map(CheckCommand::json).toList());
        json.put("warnings", warnings.stream().map(CheckCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("file", finding.file());
        json.put("line", finding.line() == 0 ? null : finding.line());
        json.put("message", finding.message());
        return json;
    }

    private static void print(
            Procfile procfile,
            ConfigVars config,
            List<Finding> errors,
            List<Finding> warnings,
            ParseResult options,
            World world) {
        Palette palette = world.palette(options.hasMatchedOption("--no-color"));
        if (!procfile.commands().isEmpty()) {
            world.out()
                    .println("Procfile declares types -> " + String.join(", ", procfile.types()));
            procfile.commands()
                    .forEach((type, command) ->
                            world.out()
                                    .println(
                                            "  "
                                                    + palette.name(type)
                                                    + ": "
                                                    + Printable.escape(command)));
        } else if (errors.isEmpty()) {
            world.out()
                    .println(
                            "No Procfile: any command can be run, but no process type by its name.");
        }
        if (!config.values().isEmpty()) {
            var keys = new ArrayList<String>();
            config.values().keySet().forEach(key -> keys.add(Printable.escape(key)));
            world.out().println("Config vars -> " + String.join(", ", keys));
        }
        errors.forEach(finding -> show(palette.failure("Error"), finding, palette, world));
        warnings.forEach(finding -> show(palette.warning("Warning"), finding, palette, world));
    }

    /** With the line and a caret below the place, as compilers do. */
    private static void show(String coloured, Finding finding, Palette palette, World world) {
        world.out().println(coloured + ": " + finding.describe());
        if (finding.line() > 0 && !finding.source().isEmpty()) {
            String number = Integer.toString(finding.line());
            String before =
                    finding.column() > 0
                            ? finding.source()
                                    .substring(
                                            0,
                                            Math.min(
                                                    finding.column() - 1,
                                                    finding.source().length()))
                            : "";
            world.out().println("  " + number + " | " + Printable.escape(finding.source()));
            world.out()
                    .println(
                            "  "
                                    + " ".repeat(number.length())
                                    + " | "
                                    + " ".repeat(Printable.escape(before).length())
                                    + palette.failure("^"));
        }
    }
}
