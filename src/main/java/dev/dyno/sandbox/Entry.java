package dev.dyno.sandbox;

import dev.dyno.UserError;
import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The way into a dyno that runs already: how to start one more program where its own are, with no
 * more rights than those have. Usable until it is closed.
 */
public sealed interface Entry extends AutoCloseable permits NamespaceEntry, PlainEntry {
    /**
     * @param directory the dyno's own
     * @param supervisor the dyno command that runs it
     * @throws UserError where it has no processes, or this machine lacks what it takes
     */
    static Entry of(Path directory, long supervisor) {
        FirstProcess first = FirstProcess.await(directory, supervisor);
        return Files.exists(directory.resolve(Namespaces.ARGUMENTS))
                ? NamespaceEntry.of(directory, first)
                : new PlainEntry(directory, first);
    }

    /**
     * A shell line, started as the dyno's own command was: with its environment, after the app's
     * profile scripts.
     *
     * @param terminal {@code TERM}, {@code LINES} and {@code COLUMNS} of the one it gets; without a
     *     variable it has none
     */
    Invocation line(String line, Map<String, String> terminal) throws IOException;

    /**
     * A program itself, in the dyno's home: no profile script is read.
     *
     * @param environment all it gets
     */
    Invocation program(List<String> argv, Map<String, String> environment) throws IOException;

    /**
     * The directory the program must not leave by itself, because nothing else keeps it there;
     * empty where the kernel does.
     */
    String bounds();

    /** A process of the dyno, which is in its control groups. */
    OptionalLong member();

    /** By which those are known that only this entry has started: no such directory need exist. */
    Path mark();

    @Override
    void close();
}
