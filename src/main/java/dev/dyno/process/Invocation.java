package dev.dyno.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start: the argument vector with the program's absolute path first, its whole
 * environment, and its working directory.
 *
 * @param holders how many programs, each the parent of the next, only hold the others, which end
 *     with them: 0, or 2 for bubblewrap and the first process of its namespace
 */
public record Invocation(
        List<String> argv, Map<String, String> environment, Path directory, int holders) {
    public Invocation {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public Invocation(List<String> argv, Map<String, String> environment, Path directory) {
        this(argv, environment, directory, 0);
    }
}
