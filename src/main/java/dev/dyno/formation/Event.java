package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import dev.dyno.process.Exit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What happens to a formation, and {@link Plan} has to answer. */
public sealed interface Event {
    /** So many dynos of these process types are wanted from now on; other types stay. */
    record Scaled(Map<String, Integer> quantities) implements Event {
        /** New types take their places in the order of the map. */
        public Scaled {
            quantities = Collections.unmodifiableMap(new LinkedHashMap<>(quantities));
            if (quantities.values().stream().anyMatch(quantity -> quantity < 0)) {
                throw new IllegalArgumentException("a quantity is 0 or more: " + quantities);
            }
        }
    }

    /** Somebody wants these dynos anew. */
    record RestartAsked(Set<DynoName> dynos) implements Event {
        public RestartAsked {
            dynos = Set.copyOf(dynos);
        }
    }

    /** Somebody wants these dynos stopped, so that others take their places; twice, at once. */
    record DynosStopAsked(Set<DynoName> dynos) implements Event {
        public DynosStopAsked {
            dynos = Set.copyOf(dynos);
        }
    }

    /** It runs; a web dyno listens on its port. */
    record CameUp(DynoName dyno) implements Event {}

    /** No process of it is left, and all of its output is out. */
    record Ended(DynoName dyno, Exit exit) implements Event {}

    /** It could not be started at all; nothing of it runs. */
    record NotStarted(DynoName dyno) implements Event {}

    /** dyno itself is told to end, by this signal. */
    record StopAsked(int signal) implements Event {
        public StopAsked {
            if (signal < 1) {
                throw new IllegalArgumentException("not a signal: " + signal);
            }
        }
    }

    /** Time has passed. */
    record Tick() implements Event {}
}
