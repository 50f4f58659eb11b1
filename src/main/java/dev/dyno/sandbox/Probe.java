package dev.dyno.sandbox;

import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds out what this machine gives by starting dynos of the very kind, one after the other. */
final class Probe {
    private static final int SECONDS = 10;
    private static final int FEW = 24;
    private static final String WORKS = "works";
    private static final String COUNTS = "counts";
    private static final String SIGNALS = "HUP,INT,QUIT,TERM";

    /** Undoing ignored signals takes a program: a shell cannot. */
    private static final List<List<String>> RESETS =
            List.of(
                    List.of("env", "--default-signal=" + SIGNALS),
                    List.of(
                            "perl",
                            "-e",
                            "@SIG{qw(HUP INT QUIT TERM)} = ('DEFAULT') x 4;"
                                    + " exec { $ARGV[0] } @ARGV"),
                    List.of());

    private final String bwrap;
    private final boolean root;
    private final Path scratch;
    private final Map<String, String> host;
    private String refusal = "";
    private int dynos;

    Probe(String bwrap, Path scratch, Map<String, String> host) throws IOException {
        this.bwrap = bwrap;
        this.root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        this.scratch = scratch;
        this.host = host;
    }

    /** What the first attempt that failed said. */
    String refusal() {
        return refusal;
    }

    /** The best that works, or null. */
    @Nullable Findings run() throws IOException {
        Files.createDirectories(scratch);
        Path directory =
                Files.createTempDirectory(
                        scratch,
                        ".probe-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        try {
            Files.createDirectories(directory.resolve("slug/below"));
            Files.writeString(directory.resolve("slug/file"), "slug");
            for (Findings candidate : candidates()) {
                String said = namespaces(candidate, directory);
                if (said.contains(WORKS)) {
                    Findings found = candidate.with(said.contains(COUNTS));
                    return found.with(overlay(found, directory));
                }
                if (refusal.isEmpty()) {
                    refusal = firstLine(said);
                }
                if (refusal.isEmpty()) {
                    refusal = bwrap + " failed without a word";
                }
            }
            return null;
        } finally {
            remove(directory);
        }
    }

    private List<Findings> candidates() throws IOException {
        String home = host.getOrDefault("HOME", "");
        if (!home.startsWith("/") || Path.of(home).getNameCount() == 0) {
            home = System.getProperty("user.home", "/nonexistent");
        }
        var toolchains = new Toolchains(Path.of(home).normalize(), host);
        toolchains.find();
        var hidden = new PrivatePlaces();
        hidden.ofUsers(Path.of(home), host);
        if (root) {
            hidden.ofRoot();
        }
        var candidates = new ArrayList<Findings>();
        for (List<String> reset : RESETS) {
            var argv = new ArrayList<>(reset);
            if (!argv.isEmpty()) {
                String program = Programs.find(argv.getFirst(), "");
                if (program == null) {
                    continue;
                }
                argv.set(0, program);
            }
            candidates.add(
                    new Findings(
                            bwrap,
                            root,
                            Overlay.NONE,
                            argv,
                            false,
                            toolchains.places(),
                            toolchains.exports(),
                            hidden.hidden(),
                            hidden.locked()));
        }
        Findings last = candidates.getLast();
        candidates.add(
                new Findings(
                        bwrap,
                        root,
                        Overlay.NONE,
                        last.reset(),
                        false,
                        List.of(),
                        Map.of(),
                        last.hidden(),
                        last.locked()));
        return candidates;
    }

    /**
     * Whether a limit counts only the dyno's own is seen from a limit the user's other processes
     * are far above, most of the time.
     */
    private String namespaces(Findings findings, Path directory) throws IOException {
        return start(
                findings,
                directory,
                null,
                "[ $PWD = /app ] && [ $$ != 1 ] && kill -0 2 && echo "
                        + WORKS
                        + "; (ulimit -u "
                        + FEW
                        + "; (exit 0) && (exit 0) && echo "
                        + COUNTS
                        + ") 2>/dev/null");
    }

    private Overlay overlay(Findings findings, Path directory) throws IOException {
        for (Overlay overlay : new Overlay[] {Overlay.BWRAP, Overlay.NESTED}) {
            boolean possible =
                    overlay == Overlay.BWRAP
                            || (Programs.find("unshare", "") != null
                                    && Programs.find("mount", "") != null);
            if (possible
                    && start(
                                    findings.with(overlay),
                                    directory,
                                    directory.resolve("slug"),
                                    "echo dyno >> file && rm file && rmdir below && mkdir below"
                                            + " && echo > new && echo "
                                            + WORKS)
                            .contains(WORKS)
                    && Files.exists(directory.resolve("slug/file"))
                    && !Files.exists(directory.resolve("slug/new"))) {
                return overlay;
            }
        }
        return Overlay.NONE;
    }

    private String start(Findings findings, Path directory, @Nullable Path slug, String line)
            throws IOException {
        dynos++;
        Path own = Files.createDirectories(directory.resolve("run." + dynos));
        Files.createDirectories(own.resolve("app"));
        var place = new Place(own, slug, "run." + dynos, false, 0, 0, host);
        Invocation invocation =
                new Namespaces(findings, place)
                        .invocation(line, Map.of("PATH", "/usr/bin:/bin", "HOME", Namespaces.HOME));
        var builder = new ProcessBuilder(invocation.argv()).directory(own.toFile());
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return bwrap + " did not answer within " + SECONDS + " s";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
    }

    private static String firstLine(String said) {
        String text = said.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Where an overlay was, the kernel leaves a directory nobody may enter. */
    private static void remove(Path directory) throws IOException {
        try (var own = Files.newDirectoryStream(directory, "run.*")) {
            own.forEach(dyno -> open(dyno.resolve("work/work")));
        }
        try (var tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void open(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            // There is none.
        }
    }
}
