package dev.dyno.release;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code config:set}, {@code config:unset} and {@code config:edit} do to the config vars that
 * were set.
 *
 * @param unset names, of which some may not be there
 */
public record ConfigChange(ConfigVars set, List<String> unset) {
    /** Of all config vars of an app together, names and values (heroku.md 6.1). */
    private static final int MOST_BYTES = 64 * 1024;

    /**
     * @throws UserError for a name that Heroku does not take (heroku.md 6.1)
     */
    public ConfigChange {
        unset = List.copyOf(unset);
        set.values().keySet().forEach(ConfigChange::checkName);
    }

    /**
     * @throws UserError for a name that Heroku does not take
     */
    public static ConfigChange setting(Map<String, String> vars) {
        vars.keySet().forEach(ConfigChange::checkName);
        return new ConfigChange(new ConfigVars(vars), List.of());
    }

    public static ConfigChange unsetting(List<String> names) {
        return new ConfigChange(new ConfigVars(Map.of()), names);
    }

    /**
     * @throws UserError where the name is none
     */
    public static void checkName(String name) {
        boolean good = !name.isEmpty() && !name.startsWith("__");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &=
                    c == '_'
                            || (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9');
        }
        if (!good) {
            throw new UserError(
                    "'" + Printable.escape(name) + "' is no name of a config var",
                    "A name has letters, digits and _, and does not begin with __.");
        }
    }

    ConfigVars applyTo(ConfigVars now) {
        var after = new LinkedHashMap<>(now.values());
        unset.forEach(after.keySet()::remove);
        after.putAll(set.values());
        return new ConfigVars(after);
    }

    /** In Heroku's words. */
    String description() {
        return Change.describe(List.copyOf(set.values().keySet()), unset);
    }

    /**
     * @throws UserError where these are more than an app may have
     */
    static void checkSize(ConfigVars vars) {
        int bytes = 0;
        for (Map.Entry<String, String> each : vars.values().entrySet()) {
            bytes += each.getKey().getBytes(StandardCharsets.UTF_8).length;
            bytes += each.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            throw new UserError(
                    "Config vars may have 64 kB in all, and these have "
                            + (bytes + 1023) / 1024
                            + " kB",
                    "Nothing was changed. Put large values into files of the app.");
        }
    }
}
