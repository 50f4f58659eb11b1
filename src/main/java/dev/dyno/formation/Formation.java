package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * This formation for the process types of a Procfile but {@code release}: what has no entry yet
     * gets one of no dynos.
     */
    Formation of(Procfile procfile) {
        Formation some = EMPTY;
        for (String type : procfile.types()) {
            if (!type.equals(ReleasePhase.TYPE)) {
                var none = new Entry(0, DynoSize.STANDARD_1X);
                some = some.with(type, entries.getOrDefault(type, none));
            }
        }
        return some;
    }

    /** How many of each type there are to be, of those that only {@code before} has none. */
    Map<String, Integer> quantitiesInsteadOf(Formation before) {
        var quantities = new LinkedHashMap<String, Integer>();
        entries.forEach((type, entry) -> quantities.put(type, entry.quantity()));
        before.entries().keySet().forEach(type -> quantities.putIfAbsent(type, 0));
        return quantities;
    }

    /** Whether a type's dynos have another size here. */
    boolean resizes(String type, Formation before) {
        Entry then = before.entries().get(type);
        Entry now = entries.get(type);
        return then != null && now != null && then.size() != now.size();
    }

    /** All its dynos, by type and number. */
    public List<DynoName> dynos() {
        var names = new ArrayList<DynoName>();
        entries.forEach((type, entry) -> {
            for (int i = 1; i <= entry.quantity(); i++) {
                names.add(new DynoName(new ProcessType(type), i));
            }
        });
        return names;
    }

    /** The entries of these process types. */
    Formation only(Set<String> types) {
        var some = new LinkedHashMap<>(entries);
        some.keySet().retainAll(types);
        return new Formation(some);
    }

    /** As it lies on disk. */
    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        entries.forEach((type, entry) -> fields.put(type, entry.toString()));
        return new Fields(fields);
    }
}
