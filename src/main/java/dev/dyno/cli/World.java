package dev.dyno.cli;

import dev.dyno.dyno.Apps;
import dev.dyno.store.Home;
import dev.dyno.text.Palette;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** All that a command knows of the outside: made once, in {@link Main}. */
record World(
        Map<String, String> environment,
        Path workingDirectory,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        PrintStream out,
        PrintStream err,
        InstantSource clock) {

    Home home() {
        return Home.locate(environment, workingDirectory);
    }

    Apps apps() {
        return new Apps(home(), workingDirectory, environment);
    }

    Palette palette(boolean noColor) {
        return Palette.choose(outIsTerminal, noColor, environment);
    }

    Messages messages(boolean noColor) {
        boolean colour = errIsTerminal && palette(noColor).level() != Palette.Level.NONE;
        return new Messages(err, colour ? palette(noColor) : Palette.PLAIN);
    }
}
