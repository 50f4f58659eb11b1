package dev.dyno.app;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment an app is configured by, in the order it was written; it never prints its values.
 */
public record ConfigVars(Map<String, String> values) {
    public static final ConfigVars NONE = new ConfigVars(Map.of());

    public ConfigVars {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (!isName(each.getKey()) || each.getValue().indexOf('\0') >= 0) {
                throw new IllegalArgumentException("config var " + Visible.escaped(each.getKey()));
            }
        }
    }

    /** These and those, where of two with one name the overriding one is kept. */
    public ConfigVars with(ConfigVars overriding) {
        var all = new LinkedHashMap<>(values);
        all.putAll(overriding.values);
        return new ConfigVars(all);
    }

    /**
     * Anything that an environment can carry and that cannot be a slip of the pen: no white space,
     * no control character, nothing that a shell quotes, expands or splits at (reliability.md 3.2,
     * D5).
     */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)
                    || WhiteSpace.is(c)
                    || "=\"'`$\\()[]{}<>|&;".indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    @Override
    public String toString() {
        return "ConfigVars" + values.keySet();
    }
}
