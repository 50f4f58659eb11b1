package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.text.Printable;
import dev.dyno.transfer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code dyno ps:copy FILE} out of a dyno, as on Heroku (heroku.md 2.7), and {@code dyno ps:copy
 * LOCAL DYNO:PATH} into one.
 */
final class PsCopyCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:copy",
                        "copy a file out of a dyno that runs or was kept, or into one",
                        "  $ dyno ps:copy -d run.7364 log/production.log",
                        "  $ dyno ps:copy -d web.1 -r -o logs log",
                        "  $ dyno ps:copy fix.rb run.7364:lib/fix.rb");
        spec.usageMessage()
                .customSynopsis(
                        "dyno ps:copy [FLAGS] FILE%n  $ dyno ps:copy [FLAGS] LOCAL DYNO:PATH")
                .footerHeading(
                        "%nNothing is written over, here or in the dyno. Of a directory its files and"
                                + " directories are copied.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(PsExecCommand.dynoOption())
                .addOption(
                        Command.value(
                                "OUT",
                                "what it is called here (default: its name)",
                                "-o",
                                "--output"))
                .addOption(Command.flag("copy a directory too", "-r", "--recursive"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "FILE", "a path in the dyno; what is relative begins at /app"));
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        boolean recursive = options.hasMatchedOption("--recursive");
        List<String> words = Command.words(options);
        if (words.size() == 1) {
            DynoName dyno = dyno(options.matchedOptionValue("--dyno", PsExecCommand.USUAL_DYNO));
            String out = options.matchedOptionValue("--output", "");
            return new Task(world, messages, app, dyno).out(words.getFirst(), out, recursive);
        }
        int colon = words.size() == 2 ? words.getLast().indexOf(':') : -1;
        if (colon < 0) {
            return messages.misused(
                    "Usage: "
                            + CalledAs.NAME
                            + " ps:copy FILE, or "
                            + CalledAs.NAME
                            + " ps:copy LOCAL DYNO:PATH");
        }
        DynoName dyno = dyno(words.getLast().substring(0, colon));
        return new Task(world, messages, app, dyno)
                .in(words.getFirst(), words.getLast().substring(colon + 1), recursive);
    }

    private static DynoName dyno(String name) {
        return DynoName.parse(name);
    }

    /** One copy from or to a dyno. */
    private record Task(World world, Messages messages, App app, DynoName dyno) {
        int out(String file, String wanted, boolean recursive)
                throws IOException, InterruptedException {
            String name = wanted.isEmpty() ? lastName(file) : wanted;
            Path to = FileName.resolve(name, world);
            if (name.isEmpty() || Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                return exists(name.isEmpty() ? file : name);
            }
            try (var _ = HeldOpen.of(dyno, app, world, messages)) {
                Optional<Visit> visit = PsExecCommand.connect(dyno, app, messages, world);
                if (visit.isEmpty()) {
                    return USAGE;
                }
                try (Visit there = visit.get()) {
                    say(file, name);
                    Outcome outcome = there.copy().out(file, to, recursive);
                    return outcome.kind() == Outcome.Kind.EXISTS
                            ? exists(name)
                            : status(outcome, file);
                }
            }
        }

        int in(String file, String path, boolean recursive)
                throws IOException, InterruptedException {
            Path from = FileName.resolve(file, world);
            boolean directory = Files.isDirectory(from);
            if (!directory && !Files.isRegularFile(from)) {
                throw new UserError(
                        "there is no file " + Printable.escape(file),
                        "Name a file of this machine.");
            }
            if (directory && !recursive) {
                return status(new Outcome(Outcome.Kind.IS_DIRECTORY, 0), file);
            }
            try (var _ = HeldOpen.of(dyno, app, world, messages)) {
                Optional<Visit> visit = PsExecCommand.connect(dyno, app, messages, world);
                if (visit.isEmpty()) {
                    return USAGE;
                }
                try (Visit there = visit.get()) {
                    say(file, dyno + ":" + path);
                    Outcome outcome = there.copy().in(from, path.isEmpty() ? "./" : path);
                    if (outcome.kind() == Outcome.Kind.EXISTS) {
                        messages.error(
                                "The file "
                                        + Printable.escape(path)
                                        + " already exists in "
                                        + dyno);
                        return USAGE;
                    }
                    return status(outcome, file);
                }
            }
        }

        private void say(String from, String to) {
            world.out()
                    .println("Copying " + Printable.escape(from) + " to " + Printable.escape(to));
            world.out().flush();
        }

        private int exists(String name) {
            messages.error("The local file " + Printable.escape(name) + " already exists");
            return USAGE;
        }

        private int status(Outcome outcome, String file) {
            if (outcome.leftOut() > 0) {
                messages.warning(
                        outcome.leftOut()
                                + " entries were left out: only files and directories are copied");
            }
            if (outcome.kind() == Outcome.Kind.DONE) {
                return 0;
            }
            messages.error("Could not transfer the file. Make sure the filename is correct.");
            if (outcome.kind() == Outcome.Kind.IS_DIRECTORY) {
                messages.line(Printable.escape(file) + " is a directory: copy it with -r.");
            } else if (outcome.kind() == Outcome.Kind.OUTSIDE) {
                messages.line("It lies outside of the dyno's own directory.");
            }
            return 1;
        }

        /** Empty for {@code /}, {@code ..} and the like, which are called nothing here. */
        private static String lastName(String file) {
            int end = file.length();
            while (end > 0 && file.charAt(end - 1) == '/') {
                end--;
            }
            String name = file.substring(file.lastIndexOf('/', end - 1) + 1, end);
            return name.equals(".") || name.equals("..") ? "" : name;
        }
    }
}
