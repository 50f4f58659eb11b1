package dev.dyno.sandbox;

import java.util.Map;

/** The variables that are not the dyno's but the window's it is looked at from. */
final class TerminalVariables {
    private static final String[] NAMES = {"TERM", "LINES", "COLUMNS"};

    private TerminalVariables() {}

    static void replace(Map<String, String> environment, Map<String, String> terminal) {
        for (String name : NAMES) {
            String value = terminal.get(name);
            if (value == null) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        }
    }
}
