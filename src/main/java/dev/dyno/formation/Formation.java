package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How many dynos of each process type are to run, and of which size (heroku.md 2.4). */
public record Formation(Map<String, Entry> entries) {
    /** The most dynos of one process type. */
    public static final int MOST = 100;

    /** Of one process type. */
    public record Entry(int quantity, DynoSize size) {
        public Entry {
            if (quantity < 0 || quantity > MOST) {
                throw new IllegalArgumentException("a quantity is 0 to 100: " + quantity);
            }
        }

        /** From {@code 2:Standard-1X}; empty where the text is none. */
        static Optional<Entry> parse(String text) {
            int colon = text.indexOf(':');
            try {
                int quantity = Integer.parseInt(text.substring(0, Math.max(0, colon)));
                return Optional.of(new Entry(quantity, DynoSize.parse(text.substring(colon + 1))));
            } catch (IllegalArgumentException | UserError e) {
                return Optional.empty();
            }
        }

        /** {@code 2:Standard-1X}. */
        @Override
        public String toString() {
            return quantity + ":" + size.label();
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
