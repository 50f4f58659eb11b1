package dev.dyno.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program to start: the argument vector with the program's absolute path first, its whole
 * environment, and its working directory.
 *
 * @param wrappers names of programs that only hold the others, and end with them
 */
public record Invocation(
        List<String> argv, Map<String, String> environment, Path directory, Set<String> wrappers) {
    public Invocation {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        wrappers = Set.copyOf(wrappers);
    }

    public Invocation(List<String> argv, Map<String, String> environment, Path directory) {
        this(argv, environment, directory, Set.of());
    }
}
