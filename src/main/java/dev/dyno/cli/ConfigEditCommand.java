package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.ShellQuote;
import dev.dyno.release.ConfigChange;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno config:edit [KEY]}: config vars in an editor (heroku.md 6.1). */
final class ConfigEditCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "config:edit",
                        "interactively edit config vars",
                        "  $ dyno config:edit",
                        "  $ EDITOR=nano dyno config:edit DATABASE_URL",
                        "  $ VISUAL='code --wait' dyno config:edit");
        spec.usageMessage()
                .footerHeading(
                        "%nThe editor is $VISUAL, $EDITOR or vim. What was added, removed or changed"
                                + " there is set or unset.%n%nEXAMPLES%n");
        return ConfigFlags.changing(spec)
                .addPositional(Command.words("KEY", "edit a single key, as it is"));
    }

    @Override
    public int run(ParseResult options, World world) throws IOException, InterruptedException {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var fetching = new StatusLine(world.err(), "Fetching config", false);
        Map<String, String> before = ConfigFlags.read(world, messages, app).vars().values();
        fetching.end("done");
        List<String> words = Command.words(options);
        var editor = new Editor(world, app.name());
        Map<String, String> after;
        if (words.isEmpty()) {
            String edited = editor.edit(text(before), ".sh");
            try {
                after = parse(edited);
            } catch (InvalidLine e) {
                messages.plainError("Invalid line: " + Printable.escape(e.line));
                return 1;
            }
        } else {
            after = edited(words.getFirst(), before, editor);
        }
        if (after.equals(before)) {
            messages.warning("no changes to config");
            return 0;
        }
        showDiff(before, after, world, world.palette(options.hasMatchedOption("--no-color")));
        if (!Answers.yes(
                world,
                "Update config on "
                        + messages.palette().appName(app.name())
                        + " with these values?")) {
            return 0;
        }
        if (!ConfigFlags.read(world, messages, app).vars().values().equals(before)) {
            messages.plainError("Config changed on server. Refusing to update.");
            return 1;
        }
        return update(before, after, app, world, messages);
    }

    private static int update(
            Map<String, String> before,
            Map<String, String> after,
            App app,
            World world,
            Messages messages) {
        var set = new LinkedHashMap<String, String>();
        after.forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                set.put(name, value);
            }
        });
        var unset = new ArrayList<>(before.keySet());
        unset.removeAll(after.keySet());
        boolean done =
                new NewRelease(world, messages, app)
                        .make(
                                "Updating config",
                                releases -> {
                                    set.keySet().forEach(ConfigChange::checkName);
                                    var change = new ConfigChange(new ConfigVars(set), unset);
                                    return releases.change(change, World.user());
                                },
                                _ -> "done")
                        .isPresent();
        if (done) {
            ConfigUnsetCommand.warnOfThoseInEnv(unset, app, messages);
        }
        return done ? 0 : NewRelease.REFUSED;
    }

    private static Map<String, String> edited(
            String name, Map<String, String> before, Editor editor)
            throws IOException, InterruptedException {
        String old = before.getOrDefault(name, "");
        String edited = editor.edit(old, "");
        // An editor ends what it writes with a newline.
        boolean added = edited.endsWith("\n") && !old.endsWith("\n");
        var after = new LinkedHashMap<>(before);
        after.put(name, added ? edited.substring(0, edited.length() - 1) : edited);
        return after;
    }

    private static String text(Map<String, String> vars) {
        var text = new StringBuilder();
        new TreeMap<>(vars)
                .forEach((name, value) ->
                        text.append(ConfigFlags.assignment(name, value)).append('\n'));
        return text.toString();
    }

    /** A line that is none. */
    private static final class InvalidLine extends Exception {
        private final String line;

        InvalidLine(String line) {
            this.line = line;
        }
    }

    private static Map<String, String> parse(String text) throws InvalidLine {
        var vars = new LinkedHashMap<String, String>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals < 0 && !line.isEmpty()) {
                throw new InvalidLine(line);
            }
            if (!line.isEmpty()) {
                String name = line.substring(0, equals);
                vars.put(name, value(name, line.substring(equals + 1)));
            }
        }
        return vars;
    }

    private static String value(String name, String quoted) {
        try {
            return ShellQuote.unquote(quoted);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "Invalid token: " + Printable.escape(name) + "=...",
                    "A value with blanks stands in quotes, and each quote is closed.");
        }
    }

    private static void showDiff(
            Map<String, String> before, Map<String, String> after, World world, Palette palette) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var block = new KeyValues(world, palette);
        world.out().print("\nConfig Diff:\n");
        for (String name : names) {
            String old = before.get(name);
            String now = after.get(name);
            if (!Objects.equals(old, now) && old != null) {
                String line = "- " + ConfigFlags.assignment(name, old);
                world.out().print(palette.red(block.text(line)) + "\n");
            }
            if (!Objects.equals(old, now) && now != null) {
                String line = "+ " + ConfigFlags.assignment(name, now);
                world.out().print(palette.green(block.text(line)) + "\n");
            }
        }
        world.out().print("\n");
        world.out().flush();
    }
}
