package dev.dyno.cli;

import dev.dyno.text.Palette;
import java.io.PrintStream;

/**
 * {@code Running bash on ⬢ hello... up, run.7364} on stderr: on a terminal begun at once and
 * completed when it is so, elsewhere one whole line (heroku.md 1.4).
 */
final class StatusLine {
    private final PrintStream err;
    private final String action;
    private final boolean live;
    private boolean begun;
    private boolean progressed;

    /**
     * @param live whether the line may be begun now and rewritten; needs a terminal that can
     */
    StatusLine(PrintStream err, String action, boolean live) {
        this.err = err;
        this.action = action;
        this.live = live;
    }

    void begin() {
        if (live) {
            begun = true;
            err.print(action + "...");
            err.flush();
        }
    }

    /** How far it is, to be rewritten: {@code ... 1 / 2}. */
    void progress(String status) {
        if (live) {
            clear();
            begun = true;
            progressed = true;
            err.print(action + "... " + status);
            err.flush();
        }
    }

    /** Takes a line begun away, for something else to be said first. */
    void clear() {
        if (begun) {
            begun = false;
            err.print("\r\033[K");
            err.flush();
        }
    }

    void end(String status) {
        if (progressed) {
            clear();
        }
        err.print((begun ? " " : action + "... ") + status + "\n");
        err.flush();
        begun = false;
    }

    /** What is not to come: {@code ... !}, if it was begun. */
    void fail() {
        if (begun) {
            end("!");
        }
    }

    /** What has failed: {@code ... !}, bold and red as Heroku's. */
    void fail(Palette palette) {
        end(palette.label(palette.errorMark("!")));
    }
}
