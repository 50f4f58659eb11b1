package dev.dyno.release;

import dev.dyno.app.ConfigVars;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An app's files and config as they were deployed; never changed afterwards.
 *
 * @param version 1 for an app's first
 * @param id a UUID
 * @param vars the config vars, and which of them were set
 * @param rollback where it is one, or was made while one was in force
 * @param description as Heroku words it: {@code Deploy 3f2a91bc}, {@code Set A config vars}
 */
public record Release(
        int version,
        String id,
        SlugId slug,
        Config vars,
        Optional<Rollback> rollback,
        String description,
        String user,
        Instant createdAt) {
    /** Beyond it a name in the directory is no version. */
    static final int LAST = 999_999_999;

    private static final String ENV = "config.";
    private static final String SET = "set.";

    /** {@code v12}. */
    public String name() {
        return "v".concat(Integer.toString(version));
    }

    /** What its dynos get. */
    public ConfigVars config() {
        return vars.vars();
    }

    public Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("version", Integer.toString(version));
        fields.put("id", id);
        fields.put("slug", slug.hex());
        fields.put("description", description);
        fields.put("user", user);
        fields.put("created_at", Long.toString(createdAt.toEpochMilli()));
        for (Map.Entry<String, String> each : vars.env().values().entrySet()) {
            fields.put(ENV.concat(each.getKey()), each.getValue());
        }
        for (Map.Entry<String, String> each : vars.set().values().entrySet()) {
            fields.put(SET.concat(each.getKey()), each.getValue());
        }
        rollback.ifPresent(made -> made.addTo(fields));
        return new Fields(fields);
    }

    /**
     * @throws IllegalArgumentException where a field is missing or is not what it should be
     */
    public static Release of(Fields fields) {
        int version = Integer.parseInt(fields.get("version"));
        if (version < 1 || version > LAST) {
            throw new IllegalArgumentException("version " + version);
        }
        return new Release(
                version,
                fields.get("id"),
                new SlugId(fields.get("slug")),
                new Config(Rollback.vars(fields, ENV), Rollback.vars(fields, SET)),
                Rollback.of(fields),
                fields.get("description"),
                fields.get("user"),
                Instant.ofEpochMilli(Long.parseLong(fields.get("created_at"))));
    }
}
