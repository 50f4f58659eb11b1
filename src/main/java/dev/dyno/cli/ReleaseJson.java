package dev.dyno.cli;

import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Releases under the field names of Heroku's Platform API, in its order (heroku.md 6.2). */
final class ReleaseJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ReleaseJson() {}

    /**
     * @param current whether it is the one in force
     */
    static Map<String, @Nullable Object> of(Release release, Releases releases, boolean current) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", release.id());
        fields.put("version", release.version());
        fields.put("description", release.description());
        fields.put(
                "status", releases.status(release.version()).orElse(Status.SUCCEEDED).toString());
        fields.put("current", current);
        fields.put("user", Map.of("email", release.user()));
        fields.put("created_at", time(release.createdAt()));
        fields.put("eligible_for_rollback", releases.isEligibleForRollback(release));
        fields.put("addon_plan_names", List.of());
        fields.put("slug", Map.of("id", release.slug().hex()));
        Path output = releases.output(release.version());
        fields.put(
                "output_stream_url",
                Files.isRegularFile(output, LinkOption.NOFOLLOW_LINKS)
                        ? output.toUri().toString()
                        : null);
        return fields;
    }

    /** As JavaScript prints it: {@code 2026-11-23T06:28:08.491Z}. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
