package dev.dyno.dyno;

import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What others may know of a dyno, under the names of Heroku's Platform API (design.md 3).
 *
 * @param pid of the dyno command that runs it; to be believed while that holds the dyno's lock
 * @param state {@code starting} or {@code up}
 * @param updatedAt when it came into that state
 */
public record DynoRecord(
        String id,
        DynoName name,
        long pid,
        String command,
        String size,
        String state,
        Instant createdAt,
        Instant updatedAt) {

    DynoRecord up(Instant now) {
        return new DynoRecord(id, name, pid, command, size, "up", createdAt, now);
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", id);
        fields.put("name", name.toString());
        fields.put("pid", Long.toString(pid));
        fields.put("command", command);
        fields.put("size", size);
        fields.put("state", state);
        fields.put("created_at", Long.toString(createdAt.toEpochMilli()));
        fields.put("updated_at", Long.toString(updatedAt.toEpochMilli()));
        return new Fields(fields);
    }

    /** Empty where a field is missing or is not what it should be. */
    static Optional<DynoRecord> of(Fields fields) {
        try {
            return Optional.of(
                    new DynoRecord(
                            fields.get("id"),
                            DynoName.parse(fields.get("name")),
                            Long.parseLong(fields.get("pid")),
                            fields.get("command"),
                            fields.get("size"),
                            fields.get("state"),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("created_at"))),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("updated_at")))));
        } catch (NumberFormatException | dev.dyno.UserError e) {
            return Optional.empty();
        }
    }
}
