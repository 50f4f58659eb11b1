package dev.dyno.dyno;

import dev.dyno.app.ConfigVars;
import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A one-off as it is remembered: what it takes to run it once more, and how it went. Its fields
 * have the names of Heroku's Platform API, where that has them.
 *
 * @param size as Heroku writes it: {@code Standard-1X}
 * @param limited whether it might use no more than its size allows
 * @param own environment variables of this one-off alone ({@code run -e})
 * @param setting null where it never came so far
 * @param end null while it runs
 */
public record Run(
        String id,
        DynoName name,
        CommandLine command,
        String size,
        boolean limited,
        String user,
        ConfigVars own,
        Source source,
        @Nullable Setting setting,
        Instant startedAt,
        @Nullable End end) {
    private static final String OWN = "env.";

    /**
     * What it was made of.
     *
     * @param release the version; 0 where none was made, or it is another machine's
     * @param releaseId that release's id; empty where none was made
     * @param slug the hash of its files; empty where none was made
     */
    public record Source(int release, String releaseId, String slug) {
        static final Source NONE = new Source(0, "", "");
    }

    /**
     * Where it ran.
     *
     * @param isolation {@code namespaces} or {@code plain}
     * @param columns of its terminal; 0 where it had none
     * @param rows of its terminal; 0 where it had none
     */
    public record Setting(String isolation, int columns, int rows) {
        public boolean hasTerminal() {
            return columns > 0 && rows > 0;
        }
    }

    /**
     * How it ended.
     *
     * @param status as its log has it: 128 + n for signal n, 125 where it could not be started
     * @param peakMemory the most it used, in bytes; 0 where nobody has looked
     */
    public record End(Instant at, int status, long peakMemory) {}

    /** One that is about to be made. */
    static Run of(DynoSpec spec, DynoRecord dyno) {
        return new Run(
                dyno.id(),
                dyno.name(),
                spec.command(),
                spec.size().label(),
                spec.limited(),
                spec.user(),
                ConfigVars.NONE,
                Source.NONE,
                null,
                dyno.createdAt(),
                null);
    }

    /** Of a dyno that was killed before it had left more than its entry in the roster. */
    public static Run of(DynoRecord dyno) {
        return new Run(
                dyno.id(),
                dyno.name(),
                new CommandLine(dyno.command(), dyno.command()),
                dyno.size(),
                true,
                "",
                ConfigVars.NONE,
                dyno.slug().isEmpty()
                        ? Source.NONE
                        : new Source(dyno.release(), dyno.releaseId(), dyno.slug()),
                null,
                dyno.updatedAt(),
                null);
    }

    Run with(CommandLine deployed, Source made) {
        return new Run(id, name, deployed, size, limited, user, own, made, setting, startedAt, end);
    }

    Run with(ConfigVars vars, Setting place, Instant now) {
        return new Run(id, name, command, size, limited, user, vars, source, place, now, end);
    }

    Run with(End ended) {
        return new Run(
                id, name, command, size, limited, user, own, source, setting, startedAt, ended);
    }

    /** This one with other environment variables of its own. */
    public Run with(ConfigVars vars) {
        return new Run(
                id, name, command, size, limited, user, vars, source, setting, startedAt, end);
    }

    /** This one under another name, and of a release that is none of this app's. */
    public Run as(DynoName other) {
        return new Run(
                id,
                other,
                command,
                size,
                limited,
                user,
                own,
                new Source(0, source.releaseId(), source.slug()),
                setting,
                startedAt,
                end);
    }

    /** How it ended; only of one that has. */
    public End ended() {
        return Objects.requireNonNull(end, "it runs");
    }

    public Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", id);
        fields.put("name", name.toString());
        fields.put("typed", command.typed());
        fields.put("command", command.run());
        fields.put("size", size);
        fields.put("limited", Boolean.toString(limited));
        fields.put("user", user);
        fields.put("release", Integer.toString(source.release()));
        fields.put("release_id", source.releaseId());
        fields.put("slug", source.slug());
        if (setting != null) {
            fields.put("isolation", setting.isolation());
            fields.put("columns", Integer.toString(setting.columns()));
            fields.put("rows", Integer.toString(setting.rows()));
        }
        fields.put("started_at", Long.toString(startedAt.toEpochMilli()));
        if (end != null) {
            fields.put("ended_at", Long.toString(end.at().toEpochMilli()));
            fields.put("status", Integer.toString(end.status()));
            fields.put("peak_memory", Long.toString(end.peakMemory()));
        }
        for (Map.Entry<String, String> each : own.values().entrySet()) {
            fields.put(OWN.concat(each.getKey()), each.getValue());
        }
        return new Fields(fields);
    }

    /** Empty where a field is missing or is not what it should be. */
    public static Optional<Run> of(Fields fields) {
        try {
            String isolation = fields.get("isolation");
            return Optional.of(
                    new Run(
                            fields.get("id"),
                            DynoName.parse(fields.get("name")),
                            new CommandLine(fields.get("typed"), fields.get("command")),
                            fields.get("size"),
                            !fields.get("limited").equals("false"),
                            fields.get("user"),
                            own(fields),
                            new Source(
                                    number(fields, "release"),
                                    fields.get("release_id"),
                                    fields.get("slug")),
                            isolation.isEmpty()
                                    ? null
                                    : new Setting(
                                            isolation,
                                            number(fields, "columns"),
                                            number(fields, "rows")),
                            time(fields, "started_at"),
                            fields.get("ended_at").isEmpty()
                                    ? null
                                    : new End(
                                            time(fields, "ended_at"),
                                            number(fields, "status"),
                                            Long.parseLong(fields.get("peak_memory")))));
        } catch (IllegalArgumentException | dev.dyno.UserError e) {
            return Optional.empty();
        }
    }

    private static int number(Fields fields, String name) {
        return Integer.parseInt(fields.get(name));
    }

    private static Instant time(Fields fields, String name) {
        return Instant.ofEpochMilli(Long.parseLong(fields.get(name)));
    }

    private static ConfigVars own(Fields fields) {
        var own = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> each : fields.values().entrySet()) {
            if (each.getKey().startsWith(OWN)) {
                own.put(each.getKey().substring(OWN.length()), each.getValue());
            }
        }
        return own.isEmpty() ? ConfigVars.NONE : new ConfigVars(own);
    }
}
