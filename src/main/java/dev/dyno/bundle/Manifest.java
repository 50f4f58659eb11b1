package dev.dyno.bundle;

import dev.dyno.store.Fields;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The first entry of a bundle.
 *
 * @param app what the app was called
 * @param slug what is in the slug
 * @param changes what is in the tree of changes; nothing where there is none
 * @param masked names of config vars whose values are left out
 */
record Manifest(String app, Count slug, Count changes, Set<String> masked) {
    static final String NAME = "manifest";

    /** What this dyno writes, and the last that it reads. */
    static final int VERSION = 1;

    private static final String FORMAT = "dyno_bundle";
    private static final String MASKED = "masked.";

    Manifest {
        masked = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(masked));
    }

    /**
     * Of a tree.
     *
     * @param entries with the root
     * @param bytes of all files
     */
    record Count(long entries, long bytes) {
        static final Count NOTHING = new Count(0, 0);

        static Count of(TreeOut tree) {
            return new Count(tree.entries(), tree.bytes());
        }
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put(FORMAT, Integer.toString(VERSION));
        fields.put("app", app);
        fields.put("slug_entries", Long.toString(slug.entries()));
        fields.put("slug_bytes", Long.toString(slug.bytes()));
        fields.put("changes_entries", Long.toString(changes.entries()));
        fields.put("changes_bytes", Long.toString(changes.bytes()));
        masked.forEach(name -> fields.put(MASKED + name, ""));
        return new Fields(fields);
    }

    /** 0 where it is no manifest. */
    static int version(Fields fields) {
        try {
            return Integer.parseInt(fields.get(FORMAT));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * @throws IllegalArgumentException where a field is missing or is not what it should be
     */
    static Manifest of(Fields fields) {
        var masked = new LinkedHashSet<String>();
        for (Map.Entry<String, String> each : fields.values().entrySet()) {
            if (each.getKey().startsWith(MASKED)) {
                masked.add(each.getKey().substring(MASKED.length()));
            }
        }
        return new Manifest(
                fields.get("app"), count(fields, "slug"), count(fields, "changes"), masked);
    }

    private static Count count(Fields fields, String tree) {
        return new Count(
                Long.parseLong(fields.get(tree + "_entries")),
                Long.parseLong(fields.get(tree + "_bytes")));
    }
}
