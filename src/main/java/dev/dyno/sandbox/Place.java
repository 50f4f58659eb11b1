package dev.dyno.sandbox;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dyno in namespaces is made of.
 *
 * @param directory the dyno's own directory, mode 0700
 * @param slug the app's tree to lay the dyno's changes over, never written; null where {@code app}
 *     in the directory is a copy of the dyno's own
 * @param name as {@code run.7364}
 * @param terminal whether it gets a pseudo-terminal of its own
 * @param processes how many processes and threads it may have; 0 for no limit
 * @param memory the bytes it is told it has; 0 for what the machine says
 * @param host dyno's own environment: where the user's home, toolchains and state are
 */
public record Place(
        Path directory,
        @Nullable Path slug,
        String name,
        boolean terminal,
        int processes,
        long memory,
        Map<String, String> host) {
    public Place {
        host = Collections.unmodifiableMap(new LinkedHashMap<>(host));
    }
}
