package dev.dyno.sandbox;

import dev.dyno.process.Enter;
import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The sandbox of Linux namespaces, by bubblewrap: the app at {@code /app}, processes, a hostname, a
 * {@code /tmp} and a {@code /dev} of the dyno's own, the machine's files read-only and the user's
 * hidden (docs/isolation.md). The process started is bwrap itself, the program its grandchild.
 */
public final class Namespaces implements Sandbox {
    static final String HOME = "/app";

    /** Bubblewrap's arguments, the environment at their end, below the dyno's directory. */
    static final String ARGUMENTS = "args";

    /** bwrap itself, and the first process of the namespace. */
    private static final int HOLDERS = 2;

    /**
     * bwrap stays in the terminal's foreground group beside the program: a Ctrl-C that ended it
     * would take the program along, whatever the program makes of Ctrl-C.
     */
    private static final String DEAF = "trap '' HUP INT QUIT TERM; ";

    /** Each change lies whole in the upper layer, whatever this kernel's defaults are. */
    private static final String WHOLE = ",redirect_dir=off,metacopy=off";

    private static final String CLEAR = "--clearenv";

    private static final String EXEC = "exec \"$0\" --args 3 -- \"$@\" 3<" + ARGUMENTS;

    private final Findings findings;
    private final Place place;
    private final EtcFiles etc;

    /**
     * @param isolation of the level {@link Isolation.Level#NAMESPACES}
     * @throws IllegalArgumentException for a slug where overlays cannot be had
     */
    public Namespaces(Isolation isolation, Place place) {
        this(isolation.findings(), place);
    }

    Namespaces(Findings findings, Place place) {
        if (place.slug() != null && findings.overlay() == Overlay.NONE) {
            throw new IllegalArgumentException("no overlay on this machine");
        }
        this.findings = findings;
        this.place = place;
        this.etc = new EtcFiles(place);
    }

    @Override
    public String home() {
        return HOME;
    }

    @Override
    public String temporary() {
        return "/tmp";
    }

    @Override
    public Invocation invocation(String line, Map<String, String> environment) throws IOException {
        Path directory = place.directory();
        List<String> command =
                Shell.command(environment.getOrDefault("PATH", ""), shellOptions(), line);
        for (String own : new String[] {"tmp", "vartmp"}) {
            Files.createDirectories(directory.resolve(own));
        }
        var variables = new LinkedHashMap<>(environment);
        for (Map.Entry<String, String> export : findings.exports().entrySet()) {
            variables.putIfAbsent(export.getKey(), export.getValue());
        }
        Map<String, String> over = etc.write(findings.counted(), environment.get("BASH_ENV"));
        if (over.containsKey(EtcFiles.PROFILE)) {
            variables.put("BASH_ENV", EtcFiles.PROFILE);
        }
        arguments(over, variables).write(directory.resolve(ARGUMENTS));
        var argv = new ArrayList<>(start());
        argv.addAll(findings.reset());
        argv.addAll(command);
        return new Invocation(argv, Map.of("DYNO_SANDBOX", directory + "/"), directory, HOLDERS);
    }

    /** Of the shell that runs a dyno's command. */
    static List<String> shellOptions() {
        return EtcFiles.hasProfile() ? List.of("--login") : List.of();
    }

    /** The dyno's environment, which its arguments end with. */
    static Map<String, String> environment(List<String> arguments) {
        var variables = new LinkedHashMap<String, String>();
        int end = arguments.size();
        for (int i = arguments.indexOf(CLEAR) + 1; i > 0 && i + 2 < end; i += 3) {
            variables.put(arguments.get(i + 1), arguments.get(i + 2));
        }
        return variables;
    }

    private Words arguments(Map<String, String> over, Map<String, String> variables)
            throws IOException {
        var words = new Words();
        String uid = Integer.toString(etc.uid());
        words.add("--unshare-user", "--uid", uid, "--gid", uid);
        words.add("--unshare-pid", "--unshare-ipc", "--unshare-cgroup-try");
        words.add("--unshare-uts", "--hostname", etc.hostname(), "--die-with-parent");
        var tree = new RootTree(words, findings);
        tree.write(over);
        app(words);
        tree.close();
        words.add("--chdir", HOME, CLEAR);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            words.add("--setenv", variable.getKey(), variable.getValue());
        }
        return words;
    }

    /** By relative names, because a mount's options have no room for every name of a directory. */
    private void app(Words words) throws IOException {
        Path directory = place.directory();
        if (place.slug() == null) {
            words.add("--bind", "app", HOME);
            return;
        }
        for (String name : new String[] {"app", "upper", "work"}) {
            Files.createDirectories(directory.resolve(name));
        }
        Path lower = directory.resolve("lower");
        Files.deleteIfExists(lower);
        Files.createSymbolicLink(lower, place.slug().toAbsolutePath());
        if (findings.overlay() == Overlay.BWRAP) {
            words.add("--overlay-src", "lower", "--overlay", "upper", "work", HOME);
        } else {
            words.add("--bind", "app", HOME);
        }
    }

    /** Up to where bubblewrap's own words begin, which its arguments' file goes on from. */
    private List<String> start() {
        boolean deaf = !findings.reset().isEmpty();
        boolean nested = place.slug() != null && findings.overlay() == Overlay.NESTED;
        String enter = Enter.program();
        if (enter == null) {
            var argv = new ArrayList<>(byShell(deaf ? DEAF : "", nested));
            argv.add(findings.bwrap());
            return argv;
        }
        // bubblewrap asks to die with its parent, too late for a parent that dies at once.
        String parent = Long.toString(ProcessHandle.current().pid());
        var argv = new ArrayList<>(List.of(enter, "-p", parent, "-a", ARGUMENTS));
        if (deaf) {
            argv.add("-d");
        }
        if (nested) {
            argv.addAll(List.of("-o", options()));
            if (!findings.root()) {
                argv.add("-u");
            }
        }
        argv.addAll(List.of("--", findings.bwrap(), "--args", "3", "--"));
        return argv;
    }

    private String options() {
        return "lowerdir=lower,upperdir=upper,workdir=work"
                + (findings.root() ? WHOLE : ",userxattr");
    }

    private List<String> byShell(String deaf, boolean nested) {
        if (!nested) {
            return List.of("/bin/sh", "-c", deaf + EXEC);
        }
        String mount = Objects.requireNonNull(Programs.find("mount", ""), "mount");
        return List.of(
                Objects.requireNonNull(Programs.find("unshare", ""), "unshare"),
                findings.root() ? "-m" : "-Urm",
                "/bin/sh",
                "-c",
                deaf + mount + " -n -i -t overlay -o " + options() + " overlay app && " + EXEC);
    }
}
