package dev.dyno.bundle;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Deploy;
import dev.dyno.release.InUse;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A machine with an app: its files, and a state directory. */
final class Machine {
    static final DynoName NAME = DynoName.parse("run.7364");

    final Home home;
    final App app;
    private final Path root;

    Machine(Path root) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        Path files = Files.createDirectories(this.root.resolve("shop"));
        home = new Home(this.root.resolve("home"));
        app = App.of(files);
    }

    Path files() {
        return app.directory();
    }

    void write(String file, String text) throws IOException {
        Path path = files().resolve(file);
        Files.createDirectories(path.resolve("..").normalize());
        Files.writeString(path, text);
    }

    Releases releases() {
        return new Releases(home, app, InstantSource.system(), 10, () -> InUse.NOTHING);
    }

    Runs runs() {
        return new Runs(home, app);
    }

    /** Where what is kept of the one-off is. */
    Path kept() {
        return runs().directory(NAME);
    }

    /** A one-off has ended that was of the app as it is now. */
    Run ended(Map<String, String> own) throws IOException {
        Deploy deploy = releases().deploy(ConfigVars.NONE, "ann", false, () -> false);
        deploy.close();
        Release release = deploy.release();
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", "afc731e1-13a8-4a98-8b91-7de6726f7201");
        fields.put("name", NAME.toString());
        fields.put("typed", "cat file");
        fields.put("command", "cat file");
        fields.put("size", "Basic");
        fields.put("release", "1");
        fields.put("release_id", release.id());
        fields.put("slug", release.slug().hex());
        fields.put("isolation", "plain");
        fields.put("columns", "80");
        fields.put("rows", "24");
        fields.put("started_at", "1000");
        fields.put("ended_at", "2000");
        fields.put("status", "3");
        fields.put("peak_memory", "0");
        own.forEach((name, value) -> fields.put("env." + name, value));
        home.directory(kept());
        new Fields(fields).write(kept().resolve(Runs.RECORD));
        return runs().find(NAME).orElseThrow();
    }

    byte[] export(Run run, Choice choice) throws IOException {
        Release release = releases().find(run.source().release()).orElseThrow();
        Path slug =
                home.app(app.key()).resolve("slugs").resolve(release.slug().hex()).resolve("files");
        Path log = home.app(app.key()).resolve("logs/run.7364.log");
        var out = new ByteArrayOutputStream();
        new Export(app.name(), run, release, choice, slug, kept(), log).writeTo(out);
        return out.toByteArray();
    }

    Path file(byte[] bytes) throws IOException {
        return Files.write(root.resolve("bundle.dyno"), bytes);
    }

    /** What is said of a file of these bytes; empty where it is taken. */
    String refusal(byte[] bytes) throws IOException {
        try (Import taken = Import.read(file(bytes), home, app)) {
            taken.admit(ConfigVars.NONE, releases());
            return "";
        } catch (UserError e) {
            return String.valueOf(e.getMessage()).replace(root + "/", "");
        }
    }

    /** All files and directories that the app has on this machine, by their paths. */
    String state() throws IOException {
        Path state = home.app(app.key());
        if (!Files.exists(state)) {
            return "";
        }
        var found = new TreeSet<String>();
        for (Path each : list(state)) {
            if (!each.endsWith("imports")) { // what is in there may be being removed
                try (Stream<Path> all = Files.walk(each)) {
                    all.forEach(path -> found.add(state.relativize(path).toString()));
                }
            }
        }
        return String.join("\n", found);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
