package dev.dyno.formation;

import dev.dyno.dyno.DynoSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many dynos of each process type are to run, and of which size (heroku.md 2.4). */
public record Formation(Map<String, Entry> entries) {
    /** Of one process type. */
    public record Entry(int quantity, DynoSize size) {
        public Entry {
            if (quantity < 0) {
                throw new IllegalArgumentException("a quantity is 0 or more: " + quantity);
            }
        }
    }

    public static final Formation EMPTY = new Formation(Map.of());

    public Formation {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** This formation with another entry for a type, which keeps its place. */
    public Formation with(String type, Entry entry) {
        var changed = new LinkedHashMap<>(entries);
        changed.put(type, entry);
        return new Formation(changed);
    }
}
