package dev.dyno.limit;

import dev.dyno.process.Enter;
import dev.dyno.process.Invocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Through it a program enters groups before it begins: it writes itself into them, then becomes the
 * program, which so has the same process id and not one moment outside. A shell, where dyno's own
 * program for it is missing.
 */
final class Doorway {
    // 0 is whoever writes it. The paths are arguments, so that nothing needs to be quoted.
    private static final String SCRIPT =
            "while [ \"$1\" != -- ]; do { echo 0 >\"$1\"; } 2>/dev/null; shift; done\n"
                    + "shift; exec \"$@\"";

    /** Variables that a shell takes for its own, or even dies of: dash of OPTIND=x. */
    private static final Set<String> SHELLS_OWN =
            Set.of(
                    "BASHOPTS",
                    "BASH_ARGV0",
                    "FUNCNAME",
                    "IFS",
                    "LINENO",
                    "OPTERR",
                    "OPTIND",
                    "POSIXLY_CORRECT",
                    "PPID",
                    "PS4",
                    "RANDOM",
                    "SECONDS",
                    "SHELLOPTS");

    private Doorway() {}

    /**
     * @param doors the {@code cgroup.procs} of each group; one that is closed is passed by
     */
    static Invocation enter(List<String> doors, Invocation program) {
        String enter = Enter.program();
        return enter == null ? enterByShell(doors, program) : enter(enter, doors, program);
    }

    private static Invocation enter(String enter, List<String> doors, Invocation program) {
        var argv = new ArrayList<>(List.of(enter));
        for (String door : doors) {
            argv.add("-g");
            argv.add(door);
        }
        argv.add("--");
        argv.addAll(program.argv());
        return new Invocation(argv, program.environment(), program.directory(), program.holders());
    }

    private static Invocation enterByShell(List<String> doors, Invocation program) {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "dyno"));
        argv.addAll(doors);
        argv.add("--");
        var environment = new LinkedHashMap<String, String>();
        var kept = new ArrayList<String>();
        for (Map.Entry<String, String> variable : program.environment().entrySet()) {
            if (passes(variable.getKey())) {
                environment.put(variable.getKey(), variable.getValue());
            } else {
                kept.add(variable.getKey() + "=" + variable.getValue());
            }
        }
        if (!kept.isEmpty()) {
            argv.add("/usr/bin/env");
            argv.add("--");
            argv.addAll(kept);
        }
        argv.addAll(program.argv());
        return new Invocation(argv, environment, program.directory(), program.holders());
    }

    /** Whether a shell hands a variable on as it is; a name with a dot, for one, it drops. */
    private static boolean passes(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !SHELLS_OWN.contains(name);
    }
}
