package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.process.Exit;
import dev.dyno.recording.Header;
import dev.dyno.recording.Recorder;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * What {@code --record}, {@code --record-input} and {@code DYNO_RECORD} ask of a run (decision
 * 023).
 */
record Recording(World world, Messages messages, boolean withInput) {
    private static final String VARIABLE = "DYNO_RECORD";

    /** A program that is run to its end. */
    interface Program {
        Exit run() throws IOException, InterruptedException;
    }

    private static boolean isFlagged(ParseResult options) {
        return options.hasMatchedOption("--record") || options.hasMatchedOption("--record-input");
    }

    /**
     * What is asked. A pipe has no session to record: by a flag that is an error; the variable
     * speaks of the runs that have one.
     *
     * @return null where nothing is to be recorded
     */
    static @Nullable Recording of(
            ParseResult options, World world, Messages messages, boolean terminal) {
        String variable = world.environment().getOrDefault(VARIABLE, "");
        if (!variable.isEmpty() && !variable.equals("0") && !variable.equals("1")) {
            throw new UserError(
                    VARIABLE + " is '" + Printable.escape(variable) + "'",
                    "It is 1 to record each run that has a terminal, else 0.");
        }
        if (isFlagged(options) && !terminal) {
            throw new UserError(
                    "there is no terminal to record: stdin and stdout must both be one",
                    "Without one, what a command writes is in the pipe: "
                            + CalledAs.NAME
                            + " run COMMAND | tee FILE");
        }
        return terminal && (isFlagged(options) || variable.equals("1"))
                ? new Recording(world, messages, options.hasMatchedOption("--record-input"))
                : null;
    }

    /** Runs a dyno's program and records its terminal; what goes wrong with that is only said. */
    Exit during(Dyno dyno, DynoSpec spec, @Nullable Terminal terminal, Program program)
            throws IOException, InterruptedException {
        Recorder recorder = terminal == null ? null : begin(dyno, spec, terminal);
        if (terminal == null || recorder == null) {
            if (terminal == null) {
                messages.warning("it is not recorded: this job is not the terminal's");
            }
            return program.run();
        }
        try (recorder) {
            terminal.show(recorder);
            Exit exit = program.run();
            recorder.exited(exit.status());
            return exit;
        } finally {
            recorder.problem().ifPresent(problem -> warn("was recorded in part only", problem));
        }
    }

    private @Nullable Recorder begin(Dyno dyno, DynoSpec spec, Terminal terminal) {
        var header =
                new Header(
                        terminal.size().columns(),
                        terminal.size().rows(),
                        world.clock().instant().getEpochSecond(),
                        spec.command().typed(),
                        dyno.name() + " of " + spec.app().name(),
                        world.environment().getOrDefault("TERM", ""));
        try {
            return Recorder.begin(dyno.recording(), header, withInput, System::nanoTime);
        } catch (IOException e) {
            warn("is not recorded", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void warn(String what, String problem) {
        messages.warning("the session " + what + ": " + Printable.escape(problem));
    }
}
