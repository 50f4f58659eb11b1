package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where dyno begins and ends: the world is read here once, and the exit status leaves here. */
public final class Main {
    private static final int USAGE = 2;

    /** As for every error of Heroku's API (heroku.md 0.1). */
    private static final int NOT_FOUND = 2;

    private static final int BUG = 70;

    /** What was to be said did not reach stdout, as with coreutils. */
    private static final int LOST = 1;

    private Main() {}

    public static void main(String[] arguments) {
        var out = new StandardStream(FileDescriptor.out);
        World world = world(System.getProperty("dyno.terminals", ""), out);
        int status = run(List.of(arguments), world);
        world.out().flush();
        String lost = out.lost();
        if (lost != null && status == 0) {
            world.messages(false).error("cannot write to stdout: " + lost);
            status = LOST;
        }
        world.err().flush();
        // Nothing waits for a shutdown, and System.exit would first load the JDK's logging.
        Runtime.getRuntime().halt(status);
    }

    /**
     * @param terminals which of 0, 1 and 2 are terminals; the launcher has asked for free
     */
    static World world(String terminals) {
        return world(terminals, new StandardStream(FileDescriptor.out));
    }

    private static World world(String terminals, StandardStream out) {
        return new World(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                terminals.indexOf('0') >= 0,
                terminals.indexOf('1') >= 0,
                terminals.indexOf('2') >= 0,
                stream(out),
                stream(new StandardStream(FileDescriptor.err)),
                InstantSource.system());
    }

    static int run(List<String> arguments, World world) {
        String name = arguments.isEmpty() ? "help" : arguments.getFirst();
        if (name.equals("run") && world.inIsTerminal() && world.outIsTerminal()) {
            Terminal.preload();
        }
        Messages messages = world.messages(false);
        Command command = Commands.named(name);
        if (command == null) {
            return Unknown.answer(arguments, messages);
        }
        List<String> words =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        int status = run(command, words, world, messages);
        if (command.isOwnFailure(status)) {
            Unknown.joined(arguments)
                    .ifPresent(meant -> messages.line("Did you mean " + meant + "?"));
        }
        return status;
    }

    private static int run(Command command, List<String> words, World world, Messages messages) {
        try {
            return parseAndRun(command, words, world, messages);
        } catch (UserError e) {
            messages.error(e);
            int status = command.statusOfUserError();
            return e.isNotFound() ? Math.max(status, NOT_FOUND) : status;
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            return bug(e, world, messages);
        }
    }

    private static int parseAndRun(
            Command command, List<String> words, World world, Messages messages) throws Exception {
        CommandSpec spec = command.spec();
        var line = new CommandLine(spec);
        line.setOut(new java.io.PrintWriter(world.out(), true, StandardCharsets.UTF_8));
        ParseResult options;
        try {
            options = line.parseArgs(command.arrange(spec, words).toArray(String[]::new));
        } catch (ParameterException e) {
            messages.error(usageError(e));
            messages.line("See more help with --help");
            return USAGE;
        }
        if (options.isUsageHelpRequested()) {
            world.out().print(Usage.of(spec));
            return 0;
        }
        return command.run(options, world);
    }

    /** In the words of Heroku's parser (heroku.md 0.1). */
    private static String usageError(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> {
                String word = unmatched.getUnmatched().getFirst();
                yield (word.startsWith("-") ? "Nonexistent flag: " : "Unexpected argument: ")
                        + dev.dyno.text.Printable.escape(word);
            }
            case MissingParameterException missing
                    when missing.getMissing().getFirst()
                            instanceof CommandLine.Model.OptionSpec option ->
                    "Flag " + option.longestName() + " expects a value";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static int bug(Throwable e, World world, Messages messages) {
        @Nullable Path trace = Diagnostics.record(e, world);
        messages.error("dyno has a bug: " + e);
        messages.line(
                trace == null
                        ? "at " + Arrays.toString(e.getStackTrace())
                        : "Please report it with what stands at the end of " + trace + ".");
        return BUG;
    }

    private static PrintStream stream(StandardStream outlet) {
        return new PrintStream(
                new java.io.BufferedOutputStream(outlet, 8192), false, StandardCharsets.UTF_8);
    }
}
