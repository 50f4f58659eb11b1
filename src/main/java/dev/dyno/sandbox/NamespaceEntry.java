package dev.dyno.sandbox;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.process.Invocation;
import dev.dyno.process.OpenNamespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Into a dyno of namespaces, by nsenter: all of them, its root, no capability and no way to gain
 * one. A shell holds the program: outside of the dyno's processes, since nsenter itself would stop
 * when the program is stopped, and then the kernel could not end the dyno.
 */
final class NamespaceEntry implements Entry {
    private static final String PREFIX = "DYNO_INSIDE_";

    /**
     * Opens the namespaces as descriptors 3 to 9: once in the first user namespace, nobody may look
     * at dyno's own any more.
     */
    private static final String OPEN =
            """
            fd=3
            while [ "$1" != -- ]; do eval "exec $fd<\\"\\$1\\""; fd=$((fd + 1)); shift; done
            shift
            exec "$@"
            """;

    /**
     * The holder shares the terminal's foreground group with the program and must not end by its
     * keys. Its own messages (Terminated, Killed) are nobody's. The variables of the dyno have
     * another name until here: no program outside is to obey one such as LD_PRELOAD.
     */
    private static final String HOLD =
            """
            trap '' HUP INT QUIT TERM
            exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
            exec 3>&2 2>/dev/null
            cd "$1" || exit 125
            shift
            (
              trap - HUP INT QUIT TERM
              for __dyno in "${!DYNO_INSIDE_@}"; do
                export "${__dyno#DYNO_INSIDE_}=${!__dyno}"
                unset -v "$__dyno"
              done
              unset -v PWD OLDPWD SHLVL __dyno
              exec "$@" 2>&3 3>&-
            )
            exit $?
            """;

    /** Variables that bash does not let anybody set, or that lose their value when set. */
    private static final Set<String> SHELLS_OWN =
            Set.of(
                    "BASHOPTS",
                    "BASHPID",
                    "BASH_ARGV0",
                    "BASH_VERSINFO",
                    "EPOCHREALTIME",
                    "EPOCHSECONDS",
                    "EUID",
                    "FUNCNAME",
                    "GROUPS",
                    "IFS",
                    "LINENO",
                    "OLDPWD",
                    "OPTIND",
                    "POSIXLY_CORRECT",
                    "PPID",
                    "PWD",
                    "RANDOM",
                    "SECONDS",
                    "SHELLOPTS",
                    "SHLVL",
                    "SRANDOM",
                    "UID");

    private final Path directory;
    private final long init;
    private final OpenNamespaces namespaces;

    private NamespaceEntry(Path directory, long init, OpenNamespaces namespaces) {
        this.directory = directory;
        this.init = init;
        this.namespaces = namespaces;
    }

    static NamespaceEntry of(Path directory, FirstProcess first) {
        ProcessHandle process = Objects.requireNonNull(first.process());
        try {
            OpenNamespaces opened = OpenNamespaces.of(process.pid());
            if (!process.isAlive()) {
                opened.close(); // and what was opened may be another's
                throw new IOException("it has ended");
            }
            return new NamespaceEntry(directory, process.pid(), opened);
        } catch (IOException e) {
            throw new UserError(
                    "cannot enter " + directory.getFileName() + ": " + e.getMessage(),
                    "See what runs with: " + CalledAs.NAME + " ps");
        }
    }

    @Override
    public Invocation line(String line, Map<String, String> terminal) throws IOException {
        Map<String, String> environment =
                Namespaces.environment(Words.read(directory.resolve(Namespaces.ARGUMENTS)));
        TerminalVariables.replace(environment, terminal);
        String path = environment.getOrDefault("PATH", "");
        return program(Shell.command(path, Namespaces.shellOptions(), line), environment);
    }

    @Override
    public Invocation program(List<String> argv, Map<String, String> environment) {
        String setpriv = needed("setpriv");
        String bash = needed("bash");
        var variables = new LinkedHashMap<String, String>();
        var kept = new ArrayList<String>();
        environment.forEach((name, value) -> {
            if (SHELLS_OWN.contains(name)) {
                kept.add(name + "=" + value);
            } else if (isVariable(name)) {
                variables.put(PREFIX + name, value);
            } else {
                variables.put(name, value); // with a dot or a dash: nothing to any shell or loader
            }
        });
        var command = new ArrayList<>(List.of(bash, "-p", "-c", OPEN, "dyno"));
        Map<String, String> files = namespaces.paths();
        command.addAll(files.values());
        command.addAll(List.of("--", setpriv, "--no-new-privs", "--pdeathsig", "KILL"));
        command.addAll(enter(List.copyOf(files.keySet())));
        command.addAll(List.of(bash, "-p", "-c", HOLD, "dyno", Namespaces.HOME));
        command.addAll(List.of(setpriv, "--pdeathsig", "KILL"));
        if (!kept.isEmpty()) {
            command.addAll(List.of(needed("env"), "--"));
            command.addAll(kept);
        }
        command.addAll(argv);
        return new Invocation(command, variables, directory, 1);
    }

    private static List<String> enter(List<String> kinds) {
        String nsenter = needed("nsenter");
        var command = new ArrayList<String>();
        if (kinds.contains(OpenNamespaces.OWNER)) {
            command.add(nsenter);
            command.add("--preserve-credentials");
            command.add("--user" + descriptor(kinds, OpenNamespaces.OWNER));
            command.add("--");
        }
        command.add(nsenter);
        command.add("--preserve-credentials");
        command.add("--no-fork");
        for (String kind : kinds) {
            if (!kind.equals(OpenNamespaces.OWNER)) {
                String option = kind.equals("mnt") ? "mount" : kind;
                command.add("--" + option + descriptor(kinds, kind));
            }
        }
        command.add("--");
        return command;
    }

    private static String descriptor(List<String> kinds, String kind) {
        return "=/proc/self/fd/" + (3 + kinds.indexOf(kind));
    }

    private static boolean isVariable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static String needed(String program) {
        String found = Programs.find(program, "");
        if (found == null) {
            throw new UserError(
                    "there is no " + program + " on this machine, by which a dyno is entered",
                    Remedy.install("util-linux"));
        }
        return found;
    }

    @Override
    public String bounds() {
        return "";
    }

    @Override
    public OptionalLong member() {
        return OptionalLong.of(init);
    }

    @Override
    public Path mark() {
        return directory.resolve("inside-" + ProcessHandle.current().pid());
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
