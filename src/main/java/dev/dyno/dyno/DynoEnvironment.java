package dev.dyno.dyno;

import dev.dyno.app.ConfigVars;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dyno's environment: Heroku's variables (heroku.md 4.2), the host's PATH and TERM and nothing
 * else of the host, then the app's config vars, then those given for this dyno alone.
 */
public final class DynoEnvironment {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final int LONGEST_TERM = 128;

    private final Map<String, String> variables = new LinkedHashMap<>();

    /**
     * @param host dyno's own environment
     * @param port what {@code PORT} is set to, for one-offs too
     */
    public DynoEnvironment(DynoName name, int port, Map<String, String> host) {
        String path = host.getOrDefault("PATH", "");
        variables.put("PATH", path.isEmpty() ? DEFAULT_PATH : path);
        variables.put("DYNO", name.toString());
        variables.put("PORT", Integer.toString(port));
        variables.put("LANG", "C.UTF-8");
        String terminal = host.getOrDefault("TERM", "");
        if (!terminal.isEmpty() && terminal.length() <= LONGEST_TERM) {
            variables.put("TERM", terminal);
        }
    }

    /** The size of the terminal it is given, as Heroku tells it at the start. */
    public DynoEnvironment terminal(int columns, int rows) {
        variables.put("COLUMNS", Integer.toString(columns));
        variables.put("LINES", Integer.toString(rows));
        return this;
    }

    /** Where the sandbox is: home, and a place for temporary files that goes with the dyno. */
    public DynoEnvironment home(String home, String temporary) {
        variables.put("HOME", home);
        variables.put("TMPDIR", temporary);
        return this;
    }

    public DynoEnvironment config(ConfigVars config) {
        variables.putAll(config.values());
        return this;
    }

    public Map<String, String> variables() {
        return new LinkedHashMap<>(variables);
    }
}
