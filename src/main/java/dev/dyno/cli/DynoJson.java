package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dynos under the field names of Heroku's Platform API, in its order (heroku.md 2.1). */
final class DynoJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private DynoJson() {}

    static List<Map<String, @Nullable Object>> list(App app, List<DynoRecord> dynos) {
        var list = new ArrayList<Map<String, @Nullable Object>>();
        for (DynoRecord dyno : dynos) {
            list.add(fields(app, dyno));
        }
        return list;
    }

    private static Map<String, @Nullable Object> fields(App app, DynoRecord dyno) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", dyno.id());
        fields.put("attach_url", null);
        fields.put("command", dyno.command());
        fields.put("created_at", time(dyno.createdAt()));
        fields.put("name", dyno.name().toString());
        fields.put("release", release(dyno));
        fields.put("app", app(app));
        fields.put("size", dyno.size());
        fields.put("state", dyno.state());
        fields.put("type", dyno.name().type().name());
        fields.put("updated_at", time(dyno.updatedAt()));
        return fields;
    }

    static Map<String, Object> app(App app) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", app.key());
        fields.put("name", app.name());
        return fields;
    }

    private static @Nullable Map<String, Object> release(DynoRecord dyno) {
        if (dyno.release() == 0) {
            return null; // it is being made
        }
        var release = new LinkedHashMap<String, Object>();
        release.put("id", dyno.releaseId());
        release.put("version", dyno.release());
        return release;
    }

    /** As the Platform API writes times. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
