package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.RosterWatch;
import dev.dyno.dyno.Run;
import dev.dyno.formation.Answer;
import dev.dyno.process.Posix;
import dev.dyno.process.Signals;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import dev.dyno.text.Palette;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:wait}: until every dyno is up with the newest release (heroku.md 2.6). */
final class PsWaitCommand implements Command {
    private static final int USAGE = 2;
    private static final int SHORTEST_INTERVAL = 10;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:wait",
                        "wait for all dynos to be running latest version after a release",
                        "  $ dyno ps:wait",
                        "  $ dyno ps:wait --type web",
                        "  $ dyno ps:wait run.7364");
        return Command.withApp(spec)
                .addOption(Command.value("TYPE", "wait for one specific dyno type", "-t", "--type"))
                .addOption(
                        Command.value(
                                "SECONDS",
                                "accepted, 10 or more: dyno hears of each change at once",
                                "-w",
                                "--wait-interval"))
                .addOption(
                        Command.flag("whether to wait for one-off run dynos", "-R", "--with-run"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "DYNO",
                                "a one-off, whose end is waited for; its status is passed on"));
    }

    @Override
    public int run(ParseResult options, World world) throws InterruptedException {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        String type = options.matchedOptionValue("--type", "");
        boolean withRun = options.hasMatchedOption("--with-run");
        if (withRun && !type.isEmpty()) {
            return messages.misused(
                    "The following error occurred:",
                    "  --with-run=true cannot also be provided when using --type");
        }
        if (!isInterval(options.matchedOptionValue("--wait-interval", "10"))) {
            messages.error("Parsing --wait-interval ");
            messages.line("\twait-interval must be at least 10");
            messages.line("See more help with --help");
            return 1;
        }
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        List<String> words = Command.words(options);
        if (!words.isEmpty()) {
            return awaitEnd(DynoName.parse(words.getFirst()), app, world, noColor);
        }
        world.sweep(messages);
        var dynos = world.dynos(app);
        Releases releases = world.releases(app);
        // A release whose command has failed is none that a dyno will ever be of.
        Optional<Release> newest =
                releases.all().stream()
                        .filter(each ->
                                releases.status(each.version())
                                        .filter(Status.FAILED::equals)
                                        .isEmpty())
                        .findFirst();
        releases.warnings().forEach(messages::warning);
        if (newest.isEmpty()) {
            messages.warning("App " + messages.palette().appName(app.name()) + " has no releases");
            return 0;
        }
        await(dynos, wanted(type, withRun), newest.get(), world, noColor);
        return 0;
    }

    private static int awaitEnd(DynoName name, App app, World world, boolean noColor)
            throws InterruptedException {
        Messages messages = world.messages(noColor);
        String dyno = messages.palette().name(name.toString());
        boolean live =
                world.errIsTerminal() && world.palette(noColor).level() != Palette.Level.NONE;
        var status = new StatusLine(world.err(), "Waiting for " + dyno + " to end", live);
        var waited = new AtomicBoolean();
        Optional<Run> ended =
                new OneOffEnd(world, app)
                        .await(
                                name,
                                () -> {
                                    waited.set(true);
                                    hearInterrupt(status);
                                    status.begin();
                                });
        if (ended.isEmpty()) {
            status.fail();
            messages.refused(Answer.unknownDyno());
            return USAGE;
        }
        if (waited.get()) {
            status.end("complete, status " + ended.get().ended().status());
        }
        return ended.get().ended().status();
    }

    private static boolean isInterval(String given) {
        try {
            return Integer.parseInt(given) >= SHORTEST_INTERVAL;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Predicate<DynoRecord> wanted(String type, boolean withRun) {
        return dyno -> {
            String own = dyno.name().type().name();
            return !own.equals("release")
                    && (withRun || !own.equals("run"))
                    && (type.isEmpty() || own.equals(type));
        };
    }

    private static void await(
            Dynos dynos, Predicate<DynoRecord> wanted, Release newest, World world, boolean noColor)
            throws InterruptedException {
        boolean live =
                world.errIsTerminal() && world.palette(noColor).level() != Palette.Level.NONE;
        var status =
                new StatusLine(
                        world.err(), "Waiting for every dyno to be running " + newest.name(), live);
        try (RosterWatch watch = dynos.watch()) {
            for (boolean waited = false; ; waited = true) {
                List<DynoRecord> all = dynos.alive().stream().filter(wanted).toList();
                long there =
                        all.stream()
                                .filter(dyno -> dyno.state().equals("up"))
                                .filter(dyno -> dyno.release() >= newest.version())
                                .count();
                String progress = there + " / " + all.size();
                if (there == all.size()) {
                    if (waited) {
                        status.end(progress + ", done");
                    }
                    return;
                }
                if (!waited) {
                    hearInterrupt(status);
                }
                status.progress(progress);
                watch.await();
            }
        }
    }

    /** The line that is being rewritten is left whole, for what the shell says next. */
    private static void hearInterrupt(StatusLine status) {
        Signals.on(
                "INT",
                signal -> {
                    status.fail();
                    Runtime.getRuntime().halt(128 + Posix.SIGINT);
                });
    }
}
