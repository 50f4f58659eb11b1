package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import dev.dyno.formation.Selection;
import dev.dyno.text.Printable;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** How {@code ps:restart} and {@code ps:stop} are told which dynos: by a flag, or by a word. */
final class DynoFlags {
    private DynoFlags() {}

    /**
     * @param verb what is done to them
     */
    static CommandSpec add(CommandSpec spec, String verb) {
        return Command.withApp(spec)
                .addOption(
                        Command.value("DYNO", "name of the dyno to " + verb, "-d", "--dyno-name"))
                .addOption(
                        Command.value(
                                "TYPE",
                                "name of the process type to " + verb,
                                "-p",
                                "--process-type"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("DYNO", "deprecated: use --dyno-name"));
    }

    /**
     * Which are meant: all where nothing was said; empty where two things were, which is said.
     *
     * @throws UserError where what was given names no dyno and no process type
     */
    static Optional<Selection> read(ParseResult options, Messages messages) {
        String dyno = options.matchedOptionValue("--dyno-name", "");
        String type = options.matchedOptionValue("--process-type", "");
        if (!dyno.isEmpty() && !type.isEmpty()) {
            messages.excluded(dyno, "--process-type");
            return Optional.empty();
        }
        List<String> words = Command.words(options);
        if (!words.isEmpty() && dyno.isEmpty() && type.isEmpty()) {
            messages.warning(
                    "DYNO is a deprecated argument. Use --dyno-name or --process-type instead.");
            String word = words.getFirst();
            dyno = word.indexOf('.') >= 0 ? word : "";
            type = word.indexOf('.') >= 0 ? "" : word;
        }
        if (dyno.isEmpty() && type.isEmpty()) {
            return Optional.of(new Selection.All());
        }
        return Optional.of(
                type.isEmpty()
                        ? new Selection.OneDyno(DynoName.parse(dyno))
                        : new Selection.Type(type(type)));
    }

    private static ProcessType type(String name) {
        if (!ProcessType.isValid(name)) {
            throw new UserError(
                    "'" + Printable.escape(name) + "' is no process type",
                    "A type has letters, digits, - and _: --process-type worker.");
        }
        return new ProcessType(name);
    }
}
