package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.text.Palette;
import java.io.PrintStream;

/** Errors and warnings in Heroku's shape, on stderr (heroku.md 0.1). */
record Messages(PrintStream err, Palette palette) {
    void warning(String text) {
        err.println(" " + palette.warningMark("›") + "   Warning: " + text);
    }

    /** What is wrong, and below it what to do. */
    void error(UserError error) {
        String hint = error.hint();
        error(String.valueOf(error.getMessage()));
        if (hint != null) {
            line(hint);
        }
    }

    void error(String text) {
        line("Error: " + text);
    }

    void line(String text) {
        err.println(" " + palette.errorMark("›") + "   " + text);
    }

    /** The shape of an error that a command of Heroku's throws by itself: set in by four blanks. */
    void plainError(String text) {
        err.println("    Error: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n"));
    }
}
