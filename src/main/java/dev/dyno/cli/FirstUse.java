package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.AppJson;
import dev.dyno.app.ConfigVars;
import dev.dyno.app.Reading;
import dev.dyno.dyno.DynoSize;
import dev.dyno.formation.Formation;
import dev.dyno.formation.FormationClient;
import dev.dyno.text.Printable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done when an app is used for the first time: its app.json is read (heroku.md 6.5). */
final class FirstUse {
    private static final int SECRET_BYTES = 32;

    private final World world;
    private final App app;

    FirstUse(World world, App app) {
        this.world = world;
        this.app = app;
    }

    /**
     * Remembers the app; the first time with the config vars and the formation of its app.json.
     *
     * @return what is left for the user to do, a line each
     * @throws UserError where app.json is not in order
     */
    List<String> prepare() {
        if (world.apps().isKnown(app)) {
            return List.of();
        }
        var warnings = new ArrayList<String>();
        Optional<Reading<AppJson>> found = AppJson.read(app.directory());
        if (found.isPresent()) {
            if (!found.get().errors().isEmpty()) {
                throw new UserError(
                        found.get().errors().getFirst().describe(),
                        "It is read once, when an app is used first. Mend it, or move it away.");
            }
            begin(found.get().value(), warnings);
        }
        world.apps().remember(app);
        return warnings;
    }

    private void begin(AppJson json, List<String> warnings) {
        ConfigVars env = World.env(app);
        var set = new LinkedHashMap<>(json.env().values());
        for (String secret : json.secrets()) {
            set.put(secret, secret());
        }
        // What the project says of itself is nearer than a default.
        set.keySet().removeAll(env.values().keySet());
        Formation formation = formation(json);
        if (!world.releases(app).begin(new ConfigVars(set))) {
            return;
        }
        if (!formation.entries().isEmpty()) {
            new FormationClient(world.home(), app, world.clock()).begin(formation);
        }
        for (String name : json.required()) {
            if (!env.values().containsKey(name)) {
                String shown = Printable.escape(name);
                warnings.add(
                        "app.json asks for "
                                + shown
                                + ": "
                                + CalledAs.NAME
                                + " config:set "
                                + shown
                                + "=…");
            }
        }
        if (!json.postdeploy().isEmpty()) {
            warnings.add(
                    "the postdeploy script of app.json is not run by itself: "
                            + CalledAs.NAME
                            + " run '"
                            + Printable.escape(json.postdeploy())
                            + "'");
        }
    }

    private static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Formation formation(AppJson json) {
        var entries = new LinkedHashMap<String, Formation.Entry>();
        for (Map.Entry<String, AppJson.Dynos> each : json.formation().entrySet()) {
            AppJson.Dynos dynos = each.getValue();
            DynoSize size =
                    dynos.size().isEmpty() ? DynoSize.STANDARD_1X : DynoSize.parse(dynos.size());
            entries.put(each.getKey(), new Formation.Entry(dynos.quantity(), size));
        }
        return new Formation(entries);
    }
}
