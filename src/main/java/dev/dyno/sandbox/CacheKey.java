package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the findings depend on, as one text: the program, the kernel and its boot, the user, the
 * file system of the dynos, the home, PATH with its directories, and what says where toolchains
 * are.
 */
final class CacheKey {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** What forbids user namespaces, or some of them. */
    private static final String[] ALLOWED = {
        "/proc/sys/user/max_user_namespaces",
        "/proc/sys/kernel/unprivileged_userns_clone",
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
    };

    private CacheKey() {}

    static String of(String bwrap, Path scratch, Map<String, String> host) throws IOException {
        var text = new StringBuilder(2048);
        text.append("2 ").append(bwrap);
        stamp(Path.of(bwrap), text);
        text.append(System.getProperty("os.version")).append('\n');
        text.append(new String(Files.readAllBytes(BOOT), StandardCharsets.US_ASCII));
        text.append(System.getProperty("user.name")).append('\n');
        text.append(Files.readSymbolicLink(Path.of("/proc/self/ns/user"))).append('\n');
        for (String setting : ALLOWED) {
            text.append(setting(setting)).append('\n');
        }
        text.append(place(scratch)).append('\n');
        stamp(Path.of("/etc"), text);
        for (String variable : Toolchains.variables()) {
            text.append(host.getOrDefault(variable, "")).append('\n');
        }
        for (String variable :
                new String[] {"HOME", "DYNO_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"}) {
            text.append(host.getOrDefault(variable, "")).append('\n');
        }
        String path = host.getOrDefault("PATH", "");
        for (String directory : path.split(":", -1)) {
            text.append(directory);
            stamp(Path.of(directory), text);
        }
        return text.toString();
    }

    private static String setting(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static void stamp(Path path, StringBuilder text) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            text.append(' ').append(file.lastModifiedTime().toMillis());
            text.append(' ').append(file.size());
        } catch (IOException e) {
            text.append(" none");
        }
        text.append('\n');
    }

    /** Device and number of the directory, or of the nearest one above that exists already. */
    private static @Nullable Object place(Path scratch) throws IOException {
        @Nullable Path existing = scratch.toAbsolutePath();
        while (existing != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        return existing == null
                ? null
                : Files.readAttributes(existing, BasicFileAttributes.class).fileKey();
    }
}
