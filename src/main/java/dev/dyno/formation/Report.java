package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.dyno.DynoName;
import dev.dyno.log.LogLine;
import dev.dyno.output.Output;
import dev.dyno.process.Posix;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the user of {@code dyno local} is told of its dynos, in the words of heroku local. */
public final class Report {
    private static final Map<Integer, String> SIGNALS =
            Map.of(
                    1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 9, "SIGKILL", 11,
                    "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

    private final Output output;
    private final Set<DynoName> coolingOff = new HashSet<>();
    private boolean stopping;

    public Report(Output output) {
        this.output = output;
    }

    /** A line of the log that is not a program's. */
    void event(LogLine line) {
        output.event(line);
        if (line.message().startsWith("Error R")) {
            output.notice(line.process(), line.message(), true);
        }
    }

    /** What heroku local says of an end: a signal by its name, any other status by its number. */
    void exited(DynoName name, int status) {
        if (status == 0) {
            output.notice(name.toString(), "Exited Successfully", false);
        } else {
            String how = SIGNALS.getOrDefault(status - 128, Integer.toString(status));
            output.notice(name.toString(), "Exited with exit code " + how, true);
        }
    }

    /**
     * A crashed dyno starts again, now or after its cool-off: told once.
     *
     * @param coolOff of a dyno that has crashed again
     */
    void changed(Action.ChangeState change, Optional<Duration> coolOff) {
        DynoName name = change.dyno();
        if (change.to() == State.CRASHED) {
            if (coolOff.isPresent()) {
                coolingOff.add(name);
                restarting(name, coolOff.get());
            }
        } else if (!coolingOff.remove(name)
                && change.from() == State.CRASHED
                && change.to() == State.STARTING) {
            restarting(name, Duration.ZERO);
        }
    }

    private void restarting(DynoName name, Duration coolOff) {
        long tenths = (coolOff.toMillis() + 99) / 100;
        String when =
                tenths == 0
                        ? ""
                        : " in "
                                + tenths / 10
                                + (tenths % 10 == 0 ? "" : "." + tenths % 10)
                                + (tenths == 10 ? " second" : " seconds");
        output.notice(name.toString(), "Restarting" + when, false);
    }

    void stopping(int signal) {
        if (signal == Posix.SIGINT && !stopping) {
            output.banner("[WARN] Interrupted by User", true);
        }
        stopping(stopping ? "SIGKILL" : "SIGTERM");
    }

    private void stopping(String signal) {
        stopping = true;
        output.banner("[DONE] Killing all processes with signal  " + signal, false);
    }

    void refused(UserError why) {
        output.banner("[FAIL] " + why.getMessage(), true);
        if (why.hint() != null) {
            output.banner("[FAIL] " + why.hint(), true);
        }
    }

    /** Of a new release, while the formation runs. */
    void phaseFailed(int status) {
        failed(status, "the formation stays on the release it has");
    }

    /** Before there was a formation. */
    void notStarted(int status) {
        failed(status, "nothing is started");
    }

    private void failed(int status, String consequence) {
        output.banner(
                "[FAIL] The release command failed with status " + status + ": " + consequence,
                true);
        output.banner("[FAIL] See what it wrote with: " + CalledAs.NAME + " releases:output", true);
    }
}
