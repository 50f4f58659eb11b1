package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.bundle.Import;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.text.Printable;
import java.io.Console;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno import FILE}: a one-off that was exported elsewhere. */
final class ImportCommand implements Command {
    private static final int LONGEST_NAME = 60;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "import",
                        "take in a one-off dyno from a file that export has written",
                        "  $ dyno import run.7364.dyno",
                        "  $ dyno import run.7364.dyno -e 'DATABASE_URL=postgres://localhost/shop'");
        spec.usageMessage()
                .footerHeading(
                        "%nIt is one of the app's then: rerun, runs:info and logs -d know it. Whoever"
                                + " runs it again runs what the file says: take files from people"
                                + " you trust.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "A=1;B=2",
                                "values of config vars that did not come along (use ';' to split"
                                        + " several)",
                                "-e",
                                "--env"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("FILE", "the file"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            return messages.misused(
                    "Please name one file: " + CalledAs.NAME + " import run.7364.dyno");
        }
        ConfigVars given = OneOffFlags.own(options, messages);
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        try (Import file =
                Import.read(FileName.resolve(words.getFirst(), world), world.home(), app)) {
            check(given, file);
            ConfigVars all = given.with(asked(file.masked(), given, world));
            Run run = file.admit(all, world.releases(app));
            world.out().println("Imported " + was(file) + now(run, file));
            Set<String> missing = new Runs(world.home(), app).missing(run.name());
            if (!missing.isEmpty()) {
                messages.warning("the values of " + names(missing) + " did not come along");
                messages.line("Give them when it is run again: " + way(run, missing));
            }
            return 0;
        }
    }

    private static void check(ConfigVars given, Import file) {
        for (String name : given.values().keySet()) {
            if (!file.masked().contains(name)) {
                throw new UserError(
                        "no value of " + Printable.escape(name) + " is missing",
                        file.masked().isEmpty()
                                ? "All values came along."
                                : "Missing are " + names(file.masked()) + ".");
            }
        }
    }

    /** What the user types for those that are missing, unseen; nothing leaves one out. */
    private static ConfigVars asked(List<String> masked, ConfigVars given, World world) {
        Console console = terminal(world);
        var typed = new LinkedHashMap<String, String>();
        for (String name : masked) {
            if (console == null || given.values().containsKey(name)) {
                continue;
            }
            char[] value = console.readPassword("%s (not shown): ", Printable.escape(name));
            if (value == null) {
                break;
            }
            if (value.length > 0) {
                typed.put(name, new String(value));
            }
        }
        return new ConfigVars(typed);
    }

    private static @Nullable Console terminal(World world) {
        Console console = world.inIsTerminal() && world.outIsTerminal() ? System.console() : null;
        return console != null && console.isTerminal() ? console : null;
    }

    private static String was(Import file) {
        String app = Printable.escape(file.app());
        return file.name()
                + " of "
                + (app.length() <= LONGEST_NAME ? app : app.substring(0, LONGEST_NAME) + "…");
    }

    private static String now(Run run, Import file) {
        return run.name().equals(file.name()) ? "" : " as " + run.name();
    }

    static String names(Collection<String> names) {
        return Printable.escape(String.join(", ", names));
    }

    /** What to type to have it run with the values that are missing. */
    static String way(Run run, Collection<String> missing) {
        return CalledAs.NAME
                + " rerun "
                + run.name()
                + " -e '"
                + Printable.escape(String.join("=…;", missing))
                + "=…'";
    }
}
