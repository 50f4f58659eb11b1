package dev.dyno.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start: the argument vector with the program's absolute path first, its whole
 * environment, and its working directory.
 */
public record Invocation(List<String> argv, Map<String, String> environment, Path directory) {
    public Invocation {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
