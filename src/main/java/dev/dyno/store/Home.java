package dev.dyno.store;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * dyno's state directory: {@code $DYNO_HOME}, else {@code $XDG_STATE_HOME/dyno}, else {@code
 * ~/.local/state/dyno}; private to its user whatever the umask (design.md 5).
 */
public record Home(Path root) {
    private static final String FORMAT = "1";
    private static final int LONGEST_MARK = 32;
    private static final Path SELF = Path.of("/proc/self");
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");

    public static Home locate(Map<String, String> environment, Path workingDirectory) {
        String own = environment.getOrDefault("DYNO_HOME", "");
        if (!own.isEmpty()) {
            return new Home(workingDirectory.resolve(own).normalize());
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (state.startsWith("/")) {
            return new Home(Path.of(state, "dyno"));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        if (!home.startsWith("/")) {
            throw new UserError(
                    "no place for dyno's state: HOME is not set",
                    "Set DYNO_HOME to a directory of yours.");
        }
        return new Home(Path.of(home, ".local/state/dyno"));
    }

    /** Where the app of this key has its dynos and logs; the directory need not exist. */
    public Path app(String key) {
        return root.resolve("apps").resolve(key);
    }

    /**
     * Makes a directory of the state and those above it, each open to its owner only.
     *
     * @throws UserError where the state directory cannot be written
     */
    public Path directory(Path path) {
        try {
            create(path);
            return path;
        } catch (IOException e) {
            throw new UserError(
                    "cannot write to dyno's state directory " + root + ": " + reason(e),
                    "Set DYNO_HOME to a directory of yours.");
        }
    }

    /**
     * Whether what lies here is of a format that this dyno knows; a new state directory gets its
     * mark.
     *
     * @return what was out of order and was mended, a line each
     * @throws UserError where a newer dyno made it, or it belongs to another user
     */
    public List<String> check() {
        refuseAnothers();
        Path file = root.resolve("format");
        String mark = "";
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            mark =
                    found.isRegularFile() && found.size() <= LONGEST_MARK
                            ? Files.readString(file).strip()
                            : "?";
        } catch (java.nio.file.NoSuchFileException e) {
            // a new one
        } catch (IOException e) {
            mark = "?";
        }
        if (mark.equals(FORMAT)) {
            return closed();
        }
        if (isNumber(mark)) {
            throw new UserError(
                    "the state directory "
                            + root
                            + " was made by a newer dyno (format "
                            + mark
                            + ")",
                    "Use that dyno, or set DYNO_HOME to another directory.");
        }
        directory(root);
        return write(file, mark.isEmpty());
    }

    /**
     * Whoever owns it can put there what he likes: links, records of dynos, a release to be run.
     * And what root wrote into a user's, the user could not write to any more.
     */
    private void refuseAnothers() {
        try {
            Object owner = Files.getAttribute(root, "unix:uid");
            if (!owner.equals(Files.getAttribute(SELF, "unix:uid")) && !owner.equals(uid())) {
                throw new UserError(
                        "the state directory " + root + " belongs to another user",
                        "Set DYNO_HOME to a directory of yours.");
            }
        } catch (IOException e) {
            // It is new; or this system does not tell who this process is.
        }
    }

    /** The effective one: of a process that may not be looked into, /proc/self is root's. */
    private static Object uid() throws IOException {
        for (String line : Files.readAllLines(SELF.resolve("status"))) {
            if (line.startsWith("Uid:")) {
                return Integer.valueOf(line.split("\\s+", -1)[2]);
            }
        }
        throw new IOException("no Uid");
    }

    /** The state directory has been there; whoever opened it to others, it is private again. */
    private List<String> closed() {
        try {
            if (isOpenToOthers()) {
                Files.setPosixFilePermissions(root, PRIVATE);
            }
            return List.of();
        } catch (IOException e) {
            return List.of(root + " is open to other users: " + reason(e));
        }
    }

    private boolean isOpenToOthers() throws IOException {
        for (PosixFilePermission one : Files.getPosixFilePermissions(root)) {
            if (!PRIVATE.contains(one)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> write(Path file, boolean isNew) {
        try {
            Path part = file.resolveSibling(".new-format-" + ProcessHandle.current().pid());
            Files.writeString(part, FORMAT + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return List.of(file + " cannot be written: " + reason(e));
        }
        return isNew ? List.of() : List.of(file + " was no format and was written anew");
    }

    /** A format's number above ours: there has been none below. */
    private static boolean isNumber(String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (mark.charAt(i) < '0' || mark.charAt(i) > '9') {
                return false;
            }
        }
        return !mark.isEmpty() && mark.charAt(0) != '0';
    }

    private void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (path.equals(root)) {
                refuseAnothers();
                keepPrivate();
            }
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            create(parent);
        }
        boolean inside = path.startsWith(root);
        try {
            if (inside) {
                Files.createDirectory(path);
                Files.setPosixFilePermissions(path, PRIVATE);
            } else {
                Files.createDirectory(path);
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another dyno was quicker; a file of that name is no directory and stays an error.
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private void keepPrivate() throws IOException {
        if (!Files.getPosixFilePermissions(root, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)
                && !Files.isSymbolicLink(root)) {
            Files.setPosixFilePermissions(root, PRIVATE);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "Permission denied";
            case java.nio.file.NoSuchFileException _ -> "No such file or directory";
            case java.nio.file.FileAlreadyExistsException f -> f.getFile() + " is not a directory";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
