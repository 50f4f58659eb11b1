package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.bundle.Choice;
import dev.dyno.bundle.Export;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import dev.dyno.slug.Slug;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno export RUN}: a one-off that has ended, in one file for another machine. */
final class ExportCommand implements Command {
    private static final int USAGE = 2;
    private static final String SUFFIX = ".dyno";
    private static final String WITH_CONFIG = "--with-config";
    private static final String ALL = "*";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "export",
                        "write a one-off dyno into a file, to be run again elsewhere",
                        "  $ dyno export run.7364",
                        "  $ dyno export run.7364 --with-config DATABASE_URL,LOCALE",
                        "  $ dyno export run.7364 -o - | ssh other 'cat > run.dyno'");
        spec.usageMessage()
                .footerHeading(
                        "%nThe file holds its files, command, log and recording, what it changed,"
                                + " and the names of its config vars. Their values are left out"
                                + " unless --with-config says otherwise.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(
                        Command.value(
                                "FILE",
                                "where to write it (default: run.7364.dyno); - is stdout",
                                "-o",
                                "--output"))
                .addOption(
                        Command.value(
                                "KEYS",
                                "config vars whose values go along; without KEYS, all of them",
                                WITH_CONFIG))
                .addOption(Command.flag("write over a file that is there", "-f", "--force"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("RUN", "its name, run.7364"));
    }

    /** The flag stands for all config vars where what follows can be no list of them. */
    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        var arranged = new ArrayList<String>();
        boolean named = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : named ? "-" : "";
            boolean bare = next.startsWith("-") || isRun(next);
            arranged.add(word.equals(WITH_CONFIG) && bare ? WITH_CONFIG + "=" + ALL : word);
            named |= isRun(word);
        }
        return arranged;
    }

    private static boolean isRun(String word) {
        try {
            DynoName.parse(word);
            return true;
        } catch (UserError e) {
            return false;
        }
    }

    @Override
    public int run(ParseResult options, World world) throws IOException {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            return messages.misused(
                    "Please name a one-off dyno: " + CalledAs.NAME + " export run.7364");
        }
        DynoName name = DynoName.parse(words.getFirst());
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        var runs = new Runs(world.home(), app);
        Optional<Run> run = runs.find(name);
        if (run.isEmpty()) {
            if (world.dynos(app).find(name).isPresent()) {
                throw new UserError(
                        name + " still runs",
                        "Wait until it has ended: " + CalledAs.NAME + " ps:wait " + name);
            }
            messages.unknownRun();
            return USAGE;
        }
        Release release = release(run.get(), runs, app, world);
        Slug slug = slug(run.get(), release, app, world);
        try (var kept = ReducedCopy.of(name, runs, slug.files())) {
            var export =
                    new Export(
                            app.name(),
                            run.get(),
                            release,
                            choice(options),
                            slug.files(),
                            kept.directory(),
                            world.dynos(app).logs().resolve(name + ".log"));
            return export(export, name, options, world, messages);
        }
    }

    private static int export(
            Export export, DynoName name, ParseResult options, World world, Messages messages)
            throws IOException {
        String out = options.matchedOptionValue("--output", name + SUFFIX);
        if (out.equals("-")) {
            return toStdout(export, world, messages);
        }
        var file = new NewFile(FileName.resolve(out, world), options.hasMatchedOption("--force"));
        var status =
                new StatusLine(
                        world.err(),
                        "Exporting "
                                + messages.palette().name(name.toString())
                                + " to "
                                + Printable.escape(out),
                        world.errIsTerminal());
        file.check();
        status.begin();
        try {
            status.end("done, " + RunFacts.bytes(file.write(export::writeTo)));
        } catch (UserError e) {
            status.fail();
            throw e;
        }
        tell(export, messages);
        return 0;
    }

    private static Choice choice(ParseResult options) {
        if (!options.hasMatchedOption(WITH_CONFIG)) {
            return Choice.NONE;
        }
        String given = options.matchedOptionValue(WITH_CONFIG, "");
        return given.equals(ALL) ? Choice.ALL : new Choice(false, Set.copyOf(keys(given)));
    }

    private static List<String> keys(String given) {
        var keys = new ArrayList<String>();
        for (String key : given.split(",", -1)) {
            if (!key.isBlank() && !keys.contains(key.strip())) {
                keys.add(key.strip());
            }
        }
        return keys;
    }

    private static Release release(Run run, Runs runs, App app, World world) {
        return RunFacts.release(run, runs, app, world)
                .orElseThrow(
                        () -> new UserError("the release of " + run.name() + " is no longer kept"));
    }

    /** It is kept for as long as the one-off is remembered. */
    private static Slug slug(Run run, Release release, App app, World world) {
        return world.releases(app)
                .slug(release.slug())
                .orElseThrow(
                        () -> new UserError("the files of " + run.name() + " are no longer kept"));
    }

    private static int toStdout(Export export, World world, Messages messages) throws IOException {
        if (world.outIsTerminal()) {
            throw new UserError(
                    "a terminal is no place for the file",
                    "Send it on: " + CalledAs.NAME + " export run.7364 -o - | ssh other 'cat > f'");
        }
        export.writeTo(world.out());
        if (world.out().checkError()) {
            messages.error("stdout took only a part of the file");
            return 1;
        }
        tell(export, messages);
        return 0;
    }

    private static void tell(Export export, Messages messages) {
        if (!export.masked().isEmpty()) {
            messages.line(
                    "Left out: the values of "
                            + Printable.escape(String.join(", ", export.masked()))
                            + "; "
                            + WITH_CONFIG
                            + " takes them along.");
        }
        if (export.leftOut() > 0) {
            messages.warning(
                    export.leftOut()
                            + " of the files it changed cannot be read, or are no files, and were"
                            + " left out");
        }
    }
}
