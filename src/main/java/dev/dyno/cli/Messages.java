package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.Reading;
import dev.dyno.formation.Answer;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.PrintStream;

/** Errors and warnings in Heroku's shape, on stderr (heroku.md 0.1). */
record Messages(PrintStream err, Palette palette) {
    private static final int MISUSED = 2;

    void warning(String text) {
        err.println(" " + palette.warningMark("›") + "   Warning: " + text);
    }

    /** What is wrong, and below it what to do; at last the id of an error of Heroku's API. */
    void error(UserError error) {
        String hint = error.hint();
        error(String.valueOf(error.getMessage()));
        if (hint != null) {
            line(hint);
        }
        if (error.isNotFound()) {
            line("Error ID: " + Answer.NOT_FOUND);
        }
    }

    void error(String text) {
        line("Error: " + text);
    }

    void line(String text) {
        err.println(" " + palette.errorMark("›") + (text.isEmpty() ? "" : "   " + text));
    }

    /** What Heroku's API would not do: what is wrong, what to do if known, and the error's id. */
    void refused(Answer.Refused refused) {
        error(Printable.escape(refused.error()));
        line(Printable.escape(refused.hint()));
        line("Error ID: " + Printable.escape(refused.id()));
    }

    /** A one-off that is not remembered, in Heroku's words for a dyno it does not know. */
    void unknownRun() {
        error("Couldn't find that dyno.");
        line("See the one-off dynos that have ended with: " + CalledAs.NAME + " runs");
        line("Error ID: not_found");
    }

    /**
     * Words that the command cannot make sense of: what is wrong, and where to read on.
     *
     * @return the status of that
     */
    int misused(String error, String... more) {
        error(error);
        for (String each : more) {
            line(each);
        }
        line("See more help with --help");
        return MISUSED;
    }

    /**
     * Two flags of which one must do (heroku.md 0.1).
     *
     * @param other the flag given beside --dyno-name
     */
    int excluded(String dyno, String other) {
        return misused(
                "The following error occurred:",
                "  --dyno-name="
                        + Printable.escape(dyno)
                        + " cannot also be provided when using "
                        + other);
    }

    /** A file's value, after its warnings; an error in it is thrown. */
    <T> T understood(Reading<T> reading) {
        T value = reading.orThrow();
        reading.warnings().forEach(warning -> warning(warning.describe()));
        return value;
    }

    /** The shape of an error that a command of Heroku's throws by itself: set in by four blanks. */
    void plainError(String text) {
        err.println("    Error: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n"));
    }
}
