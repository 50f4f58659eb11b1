package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A dyno's root: an empty file system with the machine's top-level directories bound into it, since
 * the machine itself has no {@code /app} to bind something over (sandbox.md 2, rule 1). What is
 * left out here is hidden without a mount of its own.
 */
final class RootTree {
    private static final Path ROOT = Path.of("/");
    private static final String OPEN_TO_ALL = "1777";

    private final Words words;
    private final Findings findings;

    RootTree(Words words, Findings findings) {
        this.words = words;
        this.findings = findings;
    }

    /** Whether a top-level entry is replaced by something of the dyno's own, or by nothing. */
    static boolean leftOut(String name) {
        return switch (name) {
            case "app", "boot", "dev", "home", "lost+found", "media", "mnt", "proc" -> true;
            case "root", "run", "srv", "tmp" -> true;
            default -> false;
        };
    }

    /**
     * @param over what to put over which file, relative to the dyno's directory
     */
    void write(Map<String, String> over) throws IOException {
        bindTop();
        for (String hidden : findings.hidden()) {
            hide(hidden);
        }
        processes();
        words.add("--dev", "/dev", "--bind", "tmp", "/tmp", "--chmod", OPEN_TO_ALL, "/tmp");
        if (!Files.isSymbolicLink(Path.of("/var/tmp")) && Files.isDirectory(Path.of("/var/tmp"))) {
            words.add("--bind", "vartmp", "/var/tmp", "--chmod", OPEN_TO_ALL, "/var/tmp");
        }
        for (String name : new String[] {"home", "media", "mnt", "root", "run", "srv"}) {
            if (!Files.isSymbolicLink(Path.of("/", name))) {
                words.add("--dir", "/" + name);
            }
        }
        resolver();
        toolchains();
        for (Map.Entry<String, String> file : over.entrySet()) {
            words.add("--ro-bind", file.getValue(), file.getKey());
        }
    }

    private void bindTop() throws IOException {
        try (var entries = Files.newDirectoryStream(ROOT)) {
            for (Path entry : entries) {
                String path = entry.toString();
                if (Files.isSymbolicLink(entry)) {
                    if (!path.equals(Namespaces.HOME) && !path.equals("/tmp")) {
                        String to = Files.readSymbolicLink(entry).toString();
                        // Followed while the root is being made, where / is another yet.
                        words.add("--symlink", to.startsWith("/") ? to.substring(1) : to, path);
                    }
                } else if (!leftOut(path.substring(1)) && Files.isDirectory(entry)) {
                    words.add("--ro-bind", path, path);
                }
            }
        }
    }

    private void hide(String path) {
        Path hidden = Path.of(path);
        if (Files.isDirectory(hidden)) {
            words.add("--tmpfs", path);
        } else if (Files.exists(hidden)) {
            words.add("--ro-bind", EtcFiles.EMPTY, path);
        }
    }

    /**
     * {@code /proc} of the dyno's own processes. bwrap leaves {@code /proc/sys} writable for root,
     * whose kernel settings these are: it asks whether the directory can be written, and the files
     * in it can although that cannot.
     */
    private void processes() {
        words.add("--proc", "/proc");
        for (String locked : findings.locked()) {
            words.add("--ro-bind-try", locked, locked);
        }
    }

    /** The name server's address, wherever below a hidden place it is kept. */
    private void resolver() throws IOException {
        Path systemd = Path.of("/run/systemd/resolve");
        if (Files.isDirectory(systemd)) {
            words.add("--ro-bind", systemd.toString(), systemd.toString());
        }
        Path file = Path.of("/etc/resolv.conf");
        if (Files.isSymbolicLink(file) && Files.exists(file)) {
            Path real = file.toRealPath();
            if (leftOut(real.getName(0).toString()) && !real.startsWith(systemd)) {
                words.add("--ro-bind", real.toString(), real.toString());
            }
        }
    }

    private void toolchains() {
        for (String toolchain : findings.toolchains()) {
            words.add("--ro-bind-try", toolchain, toolchain);
            for (String secret : Toolchains.secrets(toolchain)) {
                if (Files.isRegularFile(Path.of(secret))) {
                    words.add("--ro-bind", EtcFiles.EMPTY, secret);
                } else if (Files.isDirectory(Path.of(secret))) {
                    words.add("--tmpfs", secret);
                }
            }
        }
    }

    /** What is no mount of its own cannot be written to from now on. */
    void close() {
        words.add("--remount-ro", "/");
    }
}
