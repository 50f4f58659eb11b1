package dev.dyno.release;

import dev.dyno.app.ConfigVars;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An app's files and config as they were deployed; never changed afterwards.
 *
 * @param version 1 for an app's first
 * @param id a UUID
 * @param description as Heroku words it: {@code Deploy 3f2a91bc}, {@code Set A config vars}
 */
public record Release(
        int version,
        String id,
        SlugId slug,
        ConfigVars config,
        String description,
        String user,
        Instant createdAt) {
    /** Beyond it a name in the directory is no version. */
    static final int LAST = 999_999_999;

    private static final String CONFIG = "config.";

    /** {@code v12}. */
    public String name() {
        return "v".concat(Integer.toString(version));
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("version", Integer.toString(version));
        fields.put("id", id);
        fields.put("slug", slug.hex());
        fields.put("description", description);
        fields.put("user", user);
        fields.put("created_at", Long.toString(createdAt.toEpochMilli()));
        for (Map.Entry<String, String> each : config.values().entrySet()) {
            fields.put(CONFIG.concat(each.getKey()), each.getValue());
        }
        return new Fields(fields);
    }

    /**
     * @throws IllegalArgumentException where a field is missing or is not what it should be
     */
    static Release of(Fields fields) {
        var config = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> each : fields.values().entrySet()) {
            if (each.getKey().startsWith(CONFIG)) {
                config.put(each.getKey().substring(CONFIG.length()), each.getValue());
            }
        }
        int version = Integer.parseInt(fields.get("version"));
        if (version < 1 || version > LAST) {
            throw new IllegalArgumentException("version " + version);
        }
        return new Release(
                version,
                fields.get("id"),
                new SlugId(fields.get("slug")),
                new ConfigVars(config),
                fields.get("description"),
                fields.get("user"),
                Instant.ofEpochMilli(Long.parseLong(fields.get("created_at"))));
    }
}
