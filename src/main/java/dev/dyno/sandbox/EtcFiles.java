package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dyno's own files below {@code /etc}. Heroku's login shell reads {@code /etc/profile}, which
 * sources the app's {@code .profile.d}, and bash itself then reads the app's {@code .profile}
 * (heroku.md 4.1); the machine's own profile must not be read.
 */
final class EtcFiles {
    /** Where the profile is when the machine has none to put it over. */
    static final String PROFILE = "/run/dyno/profile";

    /**
     * What is put over a file that must not be read: a program finds nothing in it, and no error.
     */
    static final String EMPTY = "etc/empty";

    private static final int LOWEST_UID = 10_000;
    private static final int UIDS = 50_000;

    /** HOST_NAME_MAX of Linux. */
    private static final int LONGEST_HOSTNAME = 64;

    private final Place place;
    private final int uid;

    EtcFiles(Place place) {
        this.place = place;
        this.uid = LOWEST_UID + Math.floorMod(place.directory().toString().hashCode(), UIDS);
    }

    /** The number of the dyno's user, which is called {@code u} and that. Not 0, as at Heroku. */
    int uid() {
        return uid;
    }

    /**
     * {@code run-7364}: what a log line or a metric of the app is then recognised by. Of a name
     * that is too long, the end: that tells dynos of one process type apart.
     */
    String hostname() {
        String name = place.name().replace('.', '-').replace('_', '-');
        return name.substring(Math.max(0, name.length() - LONGEST_HOSTNAME));
    }

    /** Whether the machine has a profile for ours to be put over. */
    static boolean hasProfile() {
        return Files.exists(Path.of("/etc/profile"));
    }

    /**
     * Writes them into {@code etc} of the dyno's directory.
     *
     * @param limited whether a limit of processes counts the dyno's alone here
     * @param bashEnv the app's own {@code BASH_ENV}
     * @return for each path what to put over it
     */
    Map<String, String> write(boolean limited, @Nullable String bashEnv) throws IOException {
        Path etc = Files.createDirectories(place.directory().resolve("etc"));
        Files.writeString(place.directory().resolve(EMPTY), "");
        var files = new LinkedHashMap<String, String>();
        String user = "u" + uid;
        put(
                etc,
                "passwd",
                "root:x:0:0:root:/root:/usr/sbin/nologin\n"
                        + user
                        + ":x:"
                        + uid
                        + ":"
                        + uid
                        + "::"
                        + Namespaces.HOME
                        + ":/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
                files);
        put(etc, "group", "root:x:0:\n" + user + ":x:" + uid + ":\nnogroup:x:65534:\n", files);
        put(etc, "bash.bashrc", bashrc(), files);
        if (hasProfile()) {
            put(etc, "profile", profile(limited), files);
        } else {
            Files.writeString(etc.resolve("profile"), profile(limited) + withoutLogin(bashEnv));
            files.put(PROFILE, "etc/profile");
        }
        Path hosts = Path.of("/etc/hosts");
        if (Files.isReadable(hosts)) {
            String host = new String(Files.readAllBytes(hosts), StandardCharsets.ISO_8859_1);
            Files.writeString(
                    etc.resolve("hosts"),
                    host + (host.endsWith("\n") ? "" : "\n") + "127.0.0.1 " + hostname() + "\n",
                    StandardCharsets.ISO_8859_1);
            files.put(hosts.toRealPath().toString(), "etc/hosts");
        }
        Path limit = Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes");
        if (place.memory() > 0 && Files.exists(limit)) {
            Files.writeString(etc.resolve("memory"), place.memory() + "\n");
            files.put(limit.toString(), "etc/memory");
        }
        return files;
    }

    private static void put(Path etc, String name, String text, Map<String, String> files)
            throws IOException {
        Path over = Path.of("/etc", name);
        if (Files.exists(over)) {
            Files.writeString(etc.resolve(name), text);
            files.put(over.toRealPath().toString(), "etc/" + name);
        }
    }

    private String profile(boolean limited) {
        return "BASH_ARGV0=bash\numask 022\n"
                + "export PS1="
                + Shell.quote(Shell.PROMPT)
                + "\n"
                + (limited && place.processes() > 0 ? "ulimit -u " + place.processes() + "\n" : "")
                + "for __profile in \"$HOME\"/.profile.d/*.sh; do\n"
                + "  if [ -f \"$__profile\" ] && [ -r \"$__profile\" ]; then . \"$__profile\"; fi\n"
                + "done\n"
                + "unset __profile\n";
    }

    /** What a login shell does after its profile, for a shell that is none. */
    private static String withoutLogin(@Nullable String bashEnv) {
        return "unset BASH_ENV\n"
                + (bashEnv == null ? "" : "export BASH_ENV=" + Shell.quote(bashEnv) + "\n")
                + "for __profile in ~/.bash_profile ~/.bash_login ~/.profile; do\n"
                + "  if [ -r \"$__profile\" ]; then . \"$__profile\"; break; fi\n"
                + "done\n"
                + "unset __profile\n"
                + (bashEnv == null ? "" : "if [ -r \"$BASH_ENV\" ]; then . \"$BASH_ENV\"; fi\n");
    }

    private static String bashrc() {
        return "PS1="
                + Shell.quote(Shell.PROMPT)
                + "\n"
                // A program would ask these for the size instead of the terminal, and never resize.
                + "export -n COLUMNS LINES\n";
    }
}
