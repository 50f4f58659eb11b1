package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.formation.FormationClient;
import dev.dyno.release.Release;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code apps} and {@code apps:info} know of an app. */
final class AppFacts {
    private AppFacts() {}

    /** Under the field names of Heroku's Platform API, and {@code directory}, which is dyno's. */
    static Map<String, @Nullable Object> json(App app, World world) {
        Optional<Release> release = world.releases(app).current();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", app.key());
        fields.put("name", app.name());
        fields.put("directory", app.directory().toString());
        fields.put("owner", Map.of("email", World.user()));
        fields.put("release", release.map(AppFacts::release).orElse(null));
        fields.put("released_at", release.map(it -> ReleaseJson.time(it.createdAt())).orElse(null));
        return fields;
    }

    private static Map<String, Object> release(Release release) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", release.id());
        fields.put("version", release.version());
        return fields;
    }

    /** For people and shells, in the order of the names; what there is not, is not there. */
    static Map<String, String> of(App app, World world) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Directory", app.directory().toString());
        facts.put("Dynos", dynos(app, world));
        facts.put("Formation", formation(app, world));
        facts.put("Owner", World.user());
        facts.put("Release", world.releases(app).current().map(Release::name).orElse(""));
        facts.put("State", world.home().app(app.key()).toString());
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    /** How many are alive of each process type. */
    private static String dynos(App app, World world) {
        var counts = new TreeMap<String, Integer>();
        for (DynoRecord dyno : world.dynos(app).alive()) {
            counts.merge(dyno.name().type().name(), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String formation(App app, World world) {
        if (!Files.isDirectory(app.directory())) {
            return "";
        }
        Procfile procfile = Procfile.read(world.files(app)).value();
        return new FormationClient(world.home(), app, world.clock())
                .formation(procfile).entries().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }
}
