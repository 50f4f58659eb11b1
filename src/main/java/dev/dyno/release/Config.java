package dev.dyno.release;

import dev.dyno.app.ConfigVars;

/**
 * An app's config vars and where each comes from. Where both have a name, what was set counts.
 *
 * @param env of the project: its .env, or the files named instead
 * @param set by {@code config:set}
 */
public record Config(ConfigVars env, ConfigVars set) {
    /** What a dyno gets. */
    public ConfigVars vars() {
        return env.with(set);
    }
}
