package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Dotenv;
import dev.dyno.app.EnvFlag;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Reading;
import dev.dyno.dyno.DynoSize;
import dev.dyno.text.Printable;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What can be said of a new one-off dyno, attached or not, besides its command (heroku.md 1.1). */
final class OneOffFlags {
    private OneOffFlags() {}

    /** Adds them, and the words of the command. */
    static CommandSpec add(CommandSpec spec) {
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "A=1;B=2",
                                "environment variables for this dyno alone (use ';' to split"
                                        + " several)",
                                "-e",
                                "--env"))
                .addOption(
                        Command.value(
                                "FILE",
                                "config vars from this file instead of the app's .env",
                                "--env-file"))
                .addOption(
                        Command.value(
                                "SIZE",
                                "dyno size, which limits memory and processes (default:"
                                        + " standard-1x)",
                                "-s",
                                "--size"))
                .addOption(Command.value("TYPE", "process type (default: run)", "--type"))
                .addOption(
                        Command.value(
                                "LEVEL",
                                "namespaces or plain (default: $DYNO_ISOLATION, the best to be had)",
                                "--isolation"))
                .addOption(Command.flag("let it use more than its size allows", "--no-limits"))
                .addOption(
                        Command.flag("keep its files, to be opened again by run:inside", "--keep"))
                .addOption(Command.flag("accepted: there is no launcher", "--no-launcher"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addOption(Command.remote())
                .addPositional(
                        Command.words(
                                "COMMAND", "a shell line, or a process type and its arguments"));
    }

    static DynoSize size(ParseResult options) {
        return DynoSize.parse(options.matchedOptionValue("--size", "Standard-1X"));
    }

    static ProcessType type(ParseResult options) {
        String type = options.matchedOptionValue("--type", "run");
        if (!ProcessType.isValid(type)) {
            throw new UserError(
                    "'" + Printable.escape(type) + "' is no process type",
                    "A type has letters, digits, - and _: --type worker.");
        }
        return new ProcessType(type);
    }

    /** Config vars for this dyno alone. */
    static ConfigVars own(ParseResult options, Messages messages) {
        if (!options.hasMatchedOption("--env")) {
            return ConfigVars.NONE;
        }
        EnvFlag.Parsed flag = EnvFlag.parse(options.matchedOptionValue("--env", ""));
        flag.warnings().forEach(messages::warning);
        return flag.values();
    }

    /** The app's .env, or the file given by {@code --env-file}, which must be there. */
    static Reading<ConfigVars> configFile(ParseResult options, Path app, World world) {
        if (!options.hasMatchedOption("--env-file")) {
            return Dotenv.read(app.resolve(".env"), false);
        }
        String file = options.matchedOptionValue("--env-file", "");
        return Dotenv.read(world.workingDirectory().resolve(file), true);
    }
}
