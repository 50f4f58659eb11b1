package dev.dyno.dyno;

import dev.dyno.release.Release;
import dev.dyno.store.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What others may know of a dyno, under the names of Heroku's Platform API (design.md 3).
 *
 * @param pid of the dyno command that runs it; to be believed while that holds the dyno's lock
 * @param release the version of its release; 0 while that is being made
 * @param releaseId that release's id
 * @param slug the id of its slug, which must not be removed while the dyno is alive
 * @param state {@code starting}, {@code up} or {@code crashed}
 * @param updatedAt when it came into that state
 * @param formation whether it is one of the formation's, so that its pid is that of {@code dyno
 *     local}, which runs all of them; else a one-off
 */
public record DynoRecord(
        String id,
        DynoName name,
        long pid,
        String command,
        String size,
        int release,
        String releaseId,
        String slug,
        String state,
        Instant createdAt,
        Instant updatedAt,
        boolean formation) {

    DynoRecord in(String newState, Instant now) {
        return in(newState, now, formation);
    }

    /** This one as one of the formation's. */
    DynoRecord ofFormation() {
        return in(state, updatedAt, true);
    }

    private DynoRecord in(String newState, Instant since, boolean ofFormation) {
        return new DynoRecord(
                id,
                name,
                pid,
                command,
                size,
                release,
                releaseId,
                slug,
                newState,
                createdAt,
                since,
                ofFormation);
    }

    DynoRecord of(Release made) {
        return of(made, command);
    }

    DynoRecord of(Release made, String itsCommand) {
        return new DynoRecord(
                id,
                name,
                pid,
                itsCommand,
                size,
                made.version(),
                made.id(),
                made.slug().hex(),
                state,
                createdAt,
                updatedAt,
                formation);
    }

    Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", id);
        fields.put("name", name.toString());
        fields.put("pid", Long.toString(pid));
        fields.put("command", command);
        fields.put("size", size);
        fields.put("release", Integer.toString(release));
        fields.put("release_id", releaseId);
        fields.put("slug", slug);
        fields.put("state", state);
        fields.put("created_at", Long.toString(createdAt.toEpochMilli()));
        fields.put("updated_at", Long.toString(updatedAt.toEpochMilli()));
        if (formation) {
            fields.put("formation", "true");
        }
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
                            Integer.parseInt(fields.get("release")),
                            fields.get("release_id"),
                            fields.get("slug"),
                            fields.get("state"),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("created_at"))),
                            Instant.ofEpochMilli(Long.parseLong(fields.get("updated_at"))),
                            fields.get("formation").equals("true")));
        } catch (NumberFormatException | dev.dyno.UserError e) {
            return Optional.empty();
        }
    }
}
