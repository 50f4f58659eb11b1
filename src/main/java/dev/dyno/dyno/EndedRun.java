package dev.dyno.dyno;

import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A one-off that has ended, under the names of Heroku's Platform API.
 *
 * @param release the version of its release; 0 where none was made
 * @param status as its log has it: 128 + n for signal n, 125 where it could not be started
 */
public record EndedRun(
        String id,
        DynoName name,
        String command,
        int release,
        String size,
        Instant startedAt,
        Instant endedAt,
        int status) {

    static EndedRun of(DynoRecord dyno, Instant endedAt, int status) {
        return new EndedRun(
                dyno.id(),
                dyno.name(),
                dyno.command(),
                dyno.release(),
                dyno.size(),
                dyno.updatedAt(),
                endedAt,
                status);
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", id);
        fields.put("name", name.toString());
        fields.put("command", command);
        fields.put("release", Integer.toString(release));
        fields.put("size", size);
        fields.put("started_at", Long.toString(startedAt.toEpochMilli()));
        fields.put("ended_at", Long.toString(endedAt.toEpochMilli()));
        fields.put("status", Integer.toString(status));
        return new Fields(fields);
    }

    /** Empty where a field is missing or is not what it should be. */
    static Optional<EndedRun> of(Fields fields) {
        try {
            return Optional.of(
                    new EndedRun(
                            fields.get("id"),
                            DynoName.parse(fields.get("name")),
                            fields.get("command"),
                            Integer.parseInt(fields.get("release")),
                            fields.get("size"),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("started_at"))),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("ended_at"))),
                            Integer.parseInt(fields.get("status"))));
        } catch (NumberFormatException | dev.dyno.UserError e) {
            return Optional.empty();
        }
    }
}
