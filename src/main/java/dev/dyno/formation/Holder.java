package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;

/**
 * Who holds the lock on a formation, as its file says.
 *
 * @param pid 0 where the file does not say it yet
 * @param terminal the one it was started at; empty where that is unknown
 */
record Holder(long pid, Instant startedAt, Role role, String terminal) {
    /** What it is held for. */
    enum Role {
        /** By a {@code dyno local}, for as long as it runs. */
        LOCAL,
        /** By a command that changes what is remembered, for a moment. */
        COMMAND
    }

    /** Somebody who has only just taken the lock, or asks after it. */
    static final Holder UNKNOWN = new Holder(0, Instant.EPOCH, Role.COMMAND, "");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");

    static Holder me(Role role, Instant now) {
        return new Holder(ProcessHandle.current().pid(), now, role, ownTerminal());
    }

    /** {@code pts/3}; empty where there is none, or the system does not tell. */
    private static String ownTerminal() {
        try {
            Path input = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
            boolean terminal =
                    input.startsWith("/dev/pts") || input.toString().startsWith("/dev/tty");
            return terminal ? Path.of("/dev").relativize(input).toString() : "";
        } catch (IOException e) {
            return "";
        }
    }

    boolean isLocal() {
        return role == Role.LOCAL;
    }

    /** {@code dyno local (pid 1234)}. */
    String name() {
        return CalledAs.NAME + " local (pid " + pid + ")";
    }

    /** What another {@code local} of this app is told. */
    UserError runsAlready(Instant now, ZoneId zone) {
        var started = startedAt.atZone(zone);
        boolean today = started.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return new UserError(
                "this app runs already: "
                        + name()
                        + ", since "
                        + (today ? TIME : DAY).format(started),
                "See it with: "
                        + CalledAs.NAME
                        + " ps, "
                        + CalledAs.NAME
                        + " logs -t. End it with Ctrl-C "
                        + (terminal.isEmpty() ? "there" : "at " + terminal)
                        + ", or: kill "
                        + pid);
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("pid", Long.toString(pid));
        fields.put("started_at", Long.toString(startedAt.toEpochMilli()));
        fields.put("role", isLocal() ? "local" : "command");
        fields.put("terminal", terminal);
        return new Fields(fields);
    }

    /** {@link #UNKNOWN} where they tell of nobody, or of somebody who is no more. */
    static Holder of(Fields fields) {
        try {
            long pid = Long.parseLong(fields.get("pid"));
            boolean local = fields.get("role").equals("local");
            if (ProcessHandle.of(pid).isEmpty()) {
                return UNKNOWN;
            }
            return new Holder(
                    pid,
                    Instant.ofEpochMilli(Long.parseLong(fields.get("started_at"))),
                    local ? Role.LOCAL : Role.COMMAND,
                    fields.get("terminal"));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
