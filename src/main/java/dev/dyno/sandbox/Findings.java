package dev.dyno.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this machine gives, as it was found by doing; this is what the cache holds.
 *
 * @param bwrap the program
 * @param root whether dyno runs as root
 * @param reset the program and arguments that undo ignored signals; empty where there is none
 * @param counted whether a limit of processes counts those of the dyno alone
 * @param toolchains directories and files below hidden places that stay usable
 * @param exports variables without which these tools look into the dyno's home
 * @param hidden files and directories to be covered
 * @param locked what the dyno could write although it is the machine's
 */
record Findings(
        String bwrap,
        boolean root,
        Overlay overlay,
        List<String> reset,
        boolean counted,
        List<String> toolchains,
        Map<String, String> exports,
        List<String> hidden,
        List<String> locked) {
    Findings {
        reset = List.copyOf(reset);
        toolchains = List.copyOf(toolchains);
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        hidden = List.copyOf(hidden);
        locked = List.copyOf(locked);
    }

    Findings with(Overlay other) {
        return new Findings(
                bwrap, root, other, reset, counted, toolchains, exports, hidden, locked);
    }

    Findings with(boolean limits) {
        return new Findings(
                bwrap, root, overlay, reset, limits, toolchains, exports, hidden, locked);
    }
}
