package dev.dyno.release;

import dev.dyno.app.ConfigVars;
import dev.dyno.slug.SlugId;
import dev.dyno.store.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the app's directory was when a rollback was made. For as long as it is still that, the
 * release rolled back to is run, and not the directory.
 *
 * @param slug of the directory's files
 * @param env what stood in .env, and what the last release had from env files, which may be others
 */
public record Rollback(SlugId slug, List<ConfigVars> env) {
    private static final String SLUG = "rollback.slug";
    private static final String ENV = "rollback.env.";

    public Rollback {
        env = List.copyOf(env);
    }

    /** Whether nobody has changed the directory since. */
    boolean holds(SlugId slugNow, ConfigVars envNow) {
        return slug.hex().equals(slugNow.hex())
                && env.stream().anyMatch(each -> each.values().equals(envNow.values()));
    }

    void addTo(Map<String, String> fields) {
        fields.put(SLUG, slug.hex());
        for (int i = 0; i < env.size(); i++) {
            // An env file without variables counts, too.
            fields.put(ENV + i, "");
            for (Map.Entry<String, String> each : env.get(i).values().entrySet()) {
                fields.put(ENV + i + "." + each.getKey(), each.getValue());
            }
        }
    }

    /** The one that these fields of a release tell of. */
    static Optional<Rollback> of(Fields fields) {
        if (fields.get(SLUG).isEmpty()) {
            return Optional.empty();
        }
        var env = new ArrayList<ConfigVars>();
        for (int i = 0; fields.values().containsKey(ENV + i); i++) {
            env.add(vars(fields, ENV + i + "."));
        }
        return Optional.of(new Rollback(new SlugId(fields.get(SLUG)), env));
    }

    /** The config vars among these fields whose names begin so. */
    static ConfigVars vars(Fields fields, String prefix) {
        var vars = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> each : fields.values().entrySet()) {
            if (each.getKey().startsWith(prefix)) {
                vars.put(each.getKey().substring(prefix.length()), each.getValue());
            }
        }
        return new ConfigVars(vars);
    }
}
