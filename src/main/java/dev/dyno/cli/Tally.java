package dev.dyno.cli;

import dev.dyno.CalledAs;

/** How often it went which way. */
final class Tally {
    static final int INTERRUPTED = 130;

    private final Rerun.Way way;
    private int runs;
    private int failed;
    private int status;
    private boolean stopped;
    private String failure = "";

    Tally(Rerun.Way way) {
        this.way = way;
    }

    void add(int ended, OneOff oneOff) {
        runs++;
        stopped = oneOff.isStopped() || ended == INTERRUPTED;
        if (ended == 0) {
            return;
        }
        failed++;
        if (status == 0) {
            status = ended;
            failure = oneOff.name();
        }
    }

    /** Of the first that failed; 0 where none has. */
    int status() {
        return status;
    }

    /** Who presses Ctrl-C wants no further one. */
    boolean isOver() {
        return stopped || (way.untilFail() && failed > 0);
    }

    void say(Messages messages) {
        if (failed == 0) {
            messages.line("none of " + runs + " failed");
        } else if (way.untilFail() && !stopped) {
            messages.line(
                    failure
                            + " failed with status "
                            + status
                            + ", the "
                            + runs
                            + ". of at most "
                            + way.times());
            messages.line(
                    "Open what it left with: "
                            + CalledAs.NAME
                            + " run:inside "
                            + failure
                            + " bash");
        } else {
            messages.line(
                    failed
                            + " of "
                            + runs
                            + " failed, the first with status "
                            + status
                            + ": "
                            + failure);
        }
    }
}
