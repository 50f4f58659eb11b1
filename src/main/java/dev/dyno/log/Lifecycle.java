package dev.dyno.log;

import java.time.Instant;

/**
 * What the platform says about one dyno, in Heroku's words (heroku.md 3.4).
 *
 * @param dyno its name: {@code web.1}, {@code run.7364}
 */
public record Lifecycle(String dyno) {
    public LogLine stateChanged(Instant at, String from, String to) {
        return say(at, "State changed from ".concat(from).concat(" to ").concat(to));
    }

    /** An attached one-off is up and has nobody to talk to yet. */
    public LogLine awaitingClient(Instant at) {
        return say(at, "Awaiting client");
    }

    public LogLine starting(Instant at, String command) {
        return say(at, startingWith(command));
    }

    /** The status is 128 + n for a process that signal n ended. */
    public LogLine exited(Instant at, int status) {
        return say(at, "Process exited with status ".concat(Integer.toString(status)));
    }

    public LogLine restarting(Instant at) {
        return say(at, "Restarting");
    }

    public LogLine stoppingAll(Instant at) {
        return say(at, "Stopping all processes with SIGTERM");
    }

    /** R12: the grace after SIGTERM is over, and somebody is still there. */
    public LogLine exitTimeout(Instant at, int seconds) {
        String text = "Error R12 (Exit timeout) -> At least one process failed to exit within ";
        return say(at, text.concat(Integer.toString(seconds)).concat(" seconds of SIGTERM"));
    }

    /** R10: a web dyno that nobody could reach. */
    public LogLine bootTimeout(Instant at, int seconds) {
        String text = "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within ";
        return say(at, text.concat(Integer.toString(seconds)).concat(" seconds of launch"));
    }

    public LogLine stoppingRemaining(Instant at) {
        return say(at, "Stopping remaining processes with SIGKILL");
    }

    /**
     * How much memory it uses, in bytes, and of how much it may: said before R14 and before R15.
     *
     * @param quota in bytes, more than none
     */
    public LogLine memoryUsed(Instant at, long used, long quota) {
        String megabytes = Long.toString(used >> 20);
        long tenths = Math.round(used * 1000.0 / quota);
        String percent = Long.toString(tenths / 10).concat(".").concat(Long.toString(tenths % 10));
        return say(
                at,
                "Process running mem=".concat(megabytes).concat("M(").concat(percent).concat("%)"));
    }

    /** R14: it goes on, on Heroku slowly by swapping. */
    public LogLine memoryExceeded(Instant at) {
        return say(at, "Error R14 (Memory quota exceeded)");
    }

    /** R15: it is killed for it. */
    public LogLine memoryVastlyExceeded(Instant at) {
        return say(at, "Error R15 (Memory quota vastly exceeded)");
    }

    /** The platform has had enough of it, for instance after R15. */
    public LogLine stoppingProcess(Instant at) {
        return say(at, "Stopping process with SIGKILL");
    }

    public LogLine clientClosed(Instant at) {
        return say(at, "Client connection closed. Sending SIGHUP to all processes");
    }

    /** R16: the client is gone, and SIGHUP did not end the dyno. */
    public LogLine detached(Instant at) {
        return say(
                at,
                "Error R16 (Detached) -> An attached process is not responding to SIGHUP after its"
                        + " external connection was closed.");
    }

    static String startingWith(String command) {
        return "Starting process with command `".concat(command).concat("`");
    }

    private LogLine say(Instant at, String words) {
        return LogLine.heroku(at, dyno, words);
    }
}
