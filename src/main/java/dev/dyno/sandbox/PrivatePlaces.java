package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be covered because the directories around it are shown: homes and dyno's state wherever
 * they are, and, for root, what nobody else of this machine may read. The dyno of root is still
 * root to the kernel where files are concerned.
 */
final class PrivatePlaces {
    private static final int DEPTH = 4;
    private static final String[] ROOTS_OWN = {"/var/backups", "/var/spool", "/var/log"};
    private static final String[] LOOKED_INTO = {
        "/var/lib", "/var/cache", "/opt", "/sys", "/sys/kernel", "/sys/fs"
    };

    /** What is locked anyway, here or by bwrap itself, and what does no harm. */
    private static final Set<String> HARMLESS =
            Set.of("bus", "irq", "pressure", "sys", "sysrq-trigger", "sysvipc", "tty");

    private final List<String> hidden = new ArrayList<>();
    private final List<String> locked = new ArrayList<>(List.of("/proc/sys"));

    /** Files and directories to be covered. */
    List<String> hidden() {
        return hidden;
    }

    /** What could be written in {@code /proc} although it is the machine's. */
    List<String> locked() {
        return locked;
    }

    /** Homes, by the environment and by the list of users, and the state directory. */
    void ofUsers(Path home, Map<String, String> host) throws IOException {
        hide(home);
        for (String name : new String[] {"home", "root", "srv", "mnt", "media"}) {
            if (Files.isSymbolicLink(Path.of("/", name))) {
                hide(Path.of("/", name));
            }
        }
        for (String variable : new String[] {"DYNO_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"}) {
            String value = host.getOrDefault(variable, "");
            if (value.startsWith("/")) {
                hide(Path.of(value));
            }
        }
        for (String user :
                Files.readAllLines(
                        Path.of("/etc/passwd"), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            String[] fields = user.split(":", -1);
            if (fields.length > 5 && fields[2].length() >= 4 && fields[5].startsWith("/")) {
                hide(Path.of(fields[5]));
            }
        }
    }

    /** For a dyno of root only. */
    void ofRoot() throws IOException {
        closed(Path.of("/etc"), DEPTH);
        for (String path : LOOKED_INTO) {
            closed(Path.of(path), 1);
        }
        for (String path : ROOTS_OWN) {
            if (Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS)) {
                hidden.add(path);
            }
        }
        try (var entries = Files.newDirectoryStream(Path.of("/proc"))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!Character.isDigit(name.charAt(0))
                        && !HARMLESS.contains(name)
                        && isWritable(entry)) {
                    locked.add(entry.toString());
                }
            }
        }
    }

    private static boolean isWritable(Path entry) throws IOException {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            try (var below = Files.newDirectoryStream(entry)) {
                for (Path file : below) {
                    if (isWritable(file)) {
                        return true;
                    }
                }
            }
            return false;
        }
        return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(entry).contains(PosixFilePermission.OWNER_WRITE);
    }

    private void closed(Path directory, int depth) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                PosixFileAttributes file =
                        Files.readAttributes(
                                entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (file.isDirectory()) {
                    if (isRootsAlone(file, PosixFilePermission.OTHERS_EXECUTE)) {
                        add(entry);
                    } else if (depth > 1) {
                        closed(entry, depth - 1);
                    }
                } else if (file.isRegularFile()
                        && file.size() > 0
                        && isRootsAlone(file, PosixFilePermission.OTHERS_READ)) {
                    add(entry);
                }
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
            // Gone meanwhile, or not to be read by us either.
        }
    }

    /** Without its capabilities root opens what is its own, and nothing of another user. */
    private static boolean isRootsAlone(PosixFileAttributes file, PosixFilePermission others) {
        return !file.permissions().contains(others)
                && (file.owner().getName().equals("root") || file.group().getName().equals("root"));
    }

    private void add(Path path) {
        if (path.toString().indexOf('\n') < 0) {
            hidden.add(path.toString());
        }
    }

    /** A directory somebody calls home, unless it is the system's, as a daemon's often is. */
    private void hide(Path path) {
        try {
            Path real = path.toRealPath();
            String top = real.getNameCount() == 0 ? "" : real.getName(0).toString();
            boolean system =
                    switch (top) {
                        case "", "bin", "sbin", "lib", "lib64", "usr", "etc", "sys", "nix" -> true;
                        case "opt", "var" -> real.getNameCount() == 1;
                        default -> RootTree.leftOut(top);
                    };
            if (!system && Files.isDirectory(real) && !isBelowHidden(real)) {
                add(real);
            }
        } catch (IOException e) {
            // A home that is not there.
        }
    }

    private boolean isBelowHidden(Path path) {
        for (String other : hidden) {
            if (path.startsWith(other)) {
                return true;
            }
        }
        return false;
    }
}
