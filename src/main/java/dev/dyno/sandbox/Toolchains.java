package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs a developer has installed below the home and found by PATH: they stay usable while
 * the home is hidden, and nothing else of it (sandbox.md 2, "HOME policy").
 */
final class Toolchains {
    /** Variables that say where one is; those it needs when HOME is another come first. */
    private static final String[] VARIABLES = {
        "RUSTUP_HOME", "PYENV_ROOT", "RBENV_ROOT", "NODENV_ROOT", "GOENV_ROOT", "NVM_DIR",
        "SDKMAN_DIR", "VOLTA_HOME", "ASDF_DATA_DIR", "ASDF_DIR", "MISE_DATA_DIR", "FNM_DIR",
        "JAVA_HOME", "GOROOT", "GEM_HOME", "JENV_ROOT", "PHPENV_ROOT", "CARGO_HOME",
        "BUN_INSTALL", "DENO_INSTALL", "PNPM_HOME"
    };

    /** Those a tool only writes to: in the dyno they are the dyno's own. */
    private static final Set<String> UNSAID =
            Set.of("CARGO_HOME", "BUN_INSTALL", "DENO_INSTALL", "PNPM_HOME");

    /** Known places below a home and the variable that names each, if one is needed. */
    private static final String[][] KNOWN = {
        {".nvm", "NVM_DIR"},
        {".rbenv", "RBENV_ROOT"},
        {".pyenv", "PYENV_ROOT"},
        {".nodenv", "NODENV_ROOT"},
        {".goenv", "GOENV_ROOT"},
        {".jenv", "JENV_ROOT"},
        {".phpenv", "PHPENV_ROOT"},
        {".sdkman", "SDKMAN_DIR"},
        {".volta", "VOLTA_HOME"},
        {".asdf", "ASDF_DATA_DIR"},
        {".rustup", "RUSTUP_HOME"},
        {".cargo", ""},
        {".rvm", ""},
        {".bun", ""},
        {".deno", ""},
        {".fnm", "FNM_DIR"},
        {".jbang", ""},
        {".juliaup", ""},
        {".julia/juliaup", ""},
        {".ghcup", ""},
        {".opam", ""},
        {".dotnet", ""},
        {".pixi", ""},
        {".elan", ""},
        {".rye", ""},
        {".krew", ""},
        {".proto", ""},
        {".nix-profile", ""},
        {".linuxbrew", ""},
        {".gem", ""},
        {".poetry", ""},
        {"miniconda3", ""},
        {"anaconda3", ""},
        {"miniforge3", ""},
        {"mambaforge", ""},
        {".local/share/mise", "MISE_DATA_DIR"},
        {".local/share/uv", ""},
        {".local/share/fnm", "FNM_DIR"},
        {".local/share/pnpm", ""},
        {".local/share/pipx", ""},
        {".local/pipx", ""},
        {".local/share/rtx", ""},
        {".local/share/pypoetry", ""},
        {".local/share/rustup", "RUSTUP_HOME"}
    };

    private final Path home;
    private final Map<String, String> host;
    private final Set<String> places = new LinkedHashSet<>();
    private final Map<String, String> exports = new LinkedHashMap<>();

    /**
     * @param host dyno's own environment
     */
    Toolchains(Path home, Map<String, String> host) {
        this.home = home;
        this.host = host;
    }

    /** The files in which a toolchain keeps the user's passwords, there or not. */
    static List<String> secrets(String toolchain) {
        if (toolchain.endsWith("/.cargo")) {
            return List.of(toolchain + "/credentials", toolchain + "/credentials.toml");
        }
        if (toolchain.endsWith("/.gem")) {
            return List.of(toolchain + "/credentials");
        }
        if (toolchain.endsWith("/.local/share/uv")) {
            return List.of(toolchain + "/credentials");
        }
        return List.of();
    }

    /** The variables the answer depends on. */
    static String[] variables() {
        return VARIABLES.clone();
    }

    void find() {
        for (String variable : VARIABLES) {
            Path place = absolute(host.getOrDefault(variable, ""));
            if (place != null && isHidden(place) && mayBeShown(place) && Files.exists(place)) {
                add(place);
                if (!UNSAID.contains(variable)) {
                    exports.put(variable, place.toString());
                }
            }
        }
        for (String entry : host.getOrDefault("PATH", "").split(":", -1)) {
            Path directory = absolute(entry);
            if (directory == null || !Files.isDirectory(directory)) {
                continue;
            }
            if (isHidden(directory)) {
                add(rootOf(directory, true));
            }
            links(directory);
        }
    }

    List<String> places() {
        var found = new ArrayList<String>();
        for (String place : places) {
            if (places.stream().noneMatch(other -> place.startsWith(other + "/"))) {
                found.add(place);
            }
        }
        return found;
    }

    Map<String, String> exports() {
        return exports;
    }

    /** Programs on PATH that are links into the home: what they lead to, at every hop. */
    private void links(Path directory) {
        try (var entries = Files.newDirectoryStream(directory, Files::isSymbolicLink)) {
            for (Path link : entries) {
                Path next = link;
                for (int hop = 0; hop < 8 && Files.isSymbolicLink(next); hop++) {
                    next = next.resolveSibling(Files.readSymbolicLink(next)).normalize();
                    if (isHidden(next) && Files.exists(next)) {
                        add(rootOf(next, false));
                    }
                }
            }
        } catch (IOException e) {
            // Not to be read: then the shell cannot look there either.
        }
    }

    private void add(@Nullable Path place) {
        if (place == null || place.toString().indexOf('\n') >= 0 || !mayBeShown(place)) {
            return;
        }
        places.add(place.toString());
        for (String[] known : KNOWN) {
            Path root = home.resolve(known[0]);
            if (!known[1].isEmpty() && place.equals(root)) {
                exports.putIfAbsent(known[1], root.toString());
            }
        }
        if (place.equals(home.resolve(".cargo")) && Files.isDirectory(home.resolve(".rustup"))) {
            add(home.resolve(".rustup"));
        }
    }

    /** What belongs together with a program or a directory on PATH. */
    private Path rootOf(Path path, boolean directory) {
        for (String[] known : KNOWN) {
            Path root = home.resolve(known[0]);
            if (path.startsWith(root)) {
                return root;
            }
        }
        Path bin = directory ? path : path.getParent();
        if (bin != null && bin.endsWith("bin")) {
            Path root = bin.getParent();
            if (root != null
                    && mayBeShown(root)
                    && !isDotted(root)
                    && Files.isDirectory(root.resolve("lib"))
                    && (Files.exists(root.resolve("share")) || Files.exists(root.resolve("conf")))
                    && !Files.exists(root.resolve(".git"))
                    && !Files.exists(root.resolve(".env"))) {
                return root; // a JDK, a Node, a Maven unpacked somewhere
            }
        }
        return path;
    }

    private boolean isDotted(Path path) {
        return path.startsWith(home) && home.relativize(path).getName(0).toString().startsWith(".");
    }

    private boolean isHidden(Path path) {
        if (path.startsWith(home)) {
            return true;
        }
        String top = path.getNameCount() == 0 ? "" : path.getName(0).toString();
        return switch (top) {
            case "home", "root", "run", "srv" -> true;
            default -> false;
        };
    }

    /** Never a home as a whole, nor a place where much else is kept beside. */
    private boolean mayBeShown(Path place) {
        if (home.startsWith(place) || place.getNameCount() < 2) {
            return false;
        }
        if (!place.startsWith(home)) {
            return !place.startsWith("/home") || place.getNameCount() > 2;
        }
        Path below = home.relativize(place);
        return switch (below.getName(0).toString()) {
            case ".ssh", ".aws", ".gnupg", ".docker", ".kube", ".config", ".cache" -> false;
            case ".npm", ".m2", ".gradle" -> below.getNameCount() > 1;
            case ".local" -> below.getNameCount() > 2 || below.endsWith("bin");
            default -> true;
        };
    }

    private static @Nullable Path absolute(String path) {
        return path.startsWith("/") ? Path.of(path).normalize() : null;
    }
}
