package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.Runs;
import dev.dyno.recording.CastReader;
import dev.dyno.recording.FinalText;
import dev.dyno.recording.Header;
import dev.dyno.recording.Pace;
import dev.dyno.recording.Player;
import dev.dyno.terminal.Viewer;
import dev.dyno.terminal.WindowSize;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno replay DYNO}: plays what the terminal of a one-off showed (decision 023). */
final class ReplayCommand implements Command {
    private static final int USAGE = 2;
    private static final double MOST = 1_000_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "replay",
                        "play the recorded terminal session of a one-off dyno",
                        "  $ dyno replay run.7364",
                        "  $ dyno replay run.7364 --speed 2 --max-wait 1",
                        "  $ dyno replay run.7364 --dump",
                        "  $ dyno replay run.7364 --html session.html");
        spec.usageMessage()
                .footerHeading(
                        "%nSpace pauses and goes on, . shows the next output while it pauses, q ends"
                                + " it.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.value("X", "play it X times as fast", "--speed"))
                .addOption(Command.value("SECONDS", "cut longer pauses to that many", "--max-wait"))
                .addOption(Command.flag("print the text it left instead", "--dump"))
                .addOption(
                        Command.value(
                                "FILE",
                                "write a page instead, which plays it in a browser",
                                "--html"))
                .addOption(Command.flag("write over that file", "-f", "--force"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("DYNO", "its name"));
    }

    @Override
    public int run(ParseResult options, World world) throws Exception {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        List<String> words = Command.words(options);
        boolean dump = options.hasMatchedOption("--dump");
        String page = options.matchedOptionValue("--html", "");
        if (words.size() != 1 || (dump && !page.isEmpty())) {
            return messages.misused(
                    words.size() == 1
                            ? "It is either --dump or --html"
                            : "Please name a one-off dyno: " + CalledAs.NAME + " replay run.7364");
        }
        Pace pace = pace(options);
        DynoName name = DynoName.parse(words.getFirst());
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Dynos dynos = world.dynos(app);
        Optional<DynoRecord> alive = dynos.find(name);
        var runs = new Runs(world.home(), app);
        if (alive.isEmpty() && runs.find(name).isEmpty()) {
            messages.unknownRun();
            return USAGE;
        }
        Path directory = alive.map(dynos::directory).orElseGet(() -> runs.directory(name));
        Path recording = directory.resolve(Runs.RECORDING);
        if (!Files.isRegularFile(recording)) {
            throw new UserError(
                    name + " was not recorded",
                    "A run is recorded with: " + CalledAs.NAME + " run --record COMMAND");
        }
        if (!page.isEmpty()) {
            new PageFile(world, page, options.hasMatchedOption("--force")).write(recording, pace);
            return 0;
        }
        try (CastReader reader = CastReader.open(recording)) {
            if (dump) {
                FinalText.of(reader, line -> world.out().println(Printable.escape(line)));
            } else {
                play(reader, pace, world, messages);
            }
        }
        return 0;
    }

    private static void play(CastReader reader, Pace pace, World world, Messages messages)
            throws IOException {
        if (!world.outIsTerminal()) {
            new Player(new PipeStage(world.out()), pace).play(reader);
            return;
        }
        Header header = reader.header();
        WindowSize size = WindowSize.ofOutput();
        if (header.columns() > size.columns() || header.rows() > size.rows()) {
            messages.warning(
                    "it was recorded in a window of "
                            + of(header.columns(), header.rows())
                            + ", and this one has "
                            + of(size.columns(), size.rows()));
            world.err().flush();
        }
        @Nullable Viewer viewer = world.inIsTerminal() ? Viewer.open() : null;
        if (viewer == null) {
            new Player(new PipeStage(world.out()), pace).play(reader);
            return;
        }
        try (viewer) {
            // dyno may be told to end while it plays.
            Runtime.getRuntime().addShutdownHook(new Thread(viewer::close));
            new Player(new ViewerStage(viewer), pace).play(reader);
        }
    }

    private static String of(int columns, int rows) {
        return columns + " x " + rows;
    }

    private static Pace pace(ParseResult options) {
        double speed = number(options, "--speed", 1);
        double wait = number(options, "--max-wait", MOST);
        return new Pace(
                speed,
                options.hasMatchedOption("--max-wait")
                        ? Math.round(wait * 1_000_000)
                        : Pace.REAL.longestWait());
    }

    private static double number(ParseResult options, String flag, double otherwise) {
        String given = options.matchedOptionValue(flag, "");
        if (!options.hasMatchedOption(flag)) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(given);
            if (number > 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                flag + " is '" + Printable.escape(given) + "'",
                "It is a number above 0: " + flag + " 2.5");
    }
}
