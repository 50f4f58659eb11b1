package dev.dyno.release;

import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/** An app and a state directory for it, below one directory. */
final class TestApp {
    final Home home;
    final App app;

    TestApp(Path root) throws IOException {
        Path files = Files.createDirectory(root.resolve("shop")).toRealPath();
        Files.writeString(files.resolve("Procfile"), "web: true\n");
        home = new Home(root.resolve("home"));
        app = App.of(files);
    }

    Releases releases() {
        return releases(10);
    }

    Releases releases(int keep) {
        return new Releases(home, app, InstantSource.system(), keep, () -> InUse.NOTHING);
    }

    Deploy deploy(String... env) {
        Deploy deploy = releases().deploy(vars(env), "ann", false, () -> false);
        deploy.close();
        return deploy;
    }

    Release set(String... pairs) {
        return releases().change(ConfigChange.setting(vars(pairs).values()), "ann");
    }

    Release rollBackTo(int version, String... env) {
        Release target = releases().find(version).orElseThrow();
        return releases().rollBackTo(target, vars(env), "ann");
    }

    void write(String content) throws IOException {
        Files.writeString(app.directory().resolve("file"), content);
    }

    /** What the file of a deploy's slug holds. */
    static String file(Deploy deploy) throws IOException {
        return Files.readString(deploy.slug().files().resolve("file"));
    }

    Path state(String path) {
        return home.app(app.key()).resolve(path);
    }

    static ConfigVars vars(String... pairs) {
        var vars = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            vars.put(pairs[i], pairs[i + 1]);
        }
        return new ConfigVars(vars);
    }
}
