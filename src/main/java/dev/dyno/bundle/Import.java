package dev.dyno.bundle;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Imports;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Releases;
import dev.dyno.slug.Slugs;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A one-off that was exported elsewhere: unpacked beside the app's own, found to be whole, and then
 * made one of them. Where anything is wrong with the file, nothing is left of it.
 */
public final class Import implements AutoCloseable {
    private final Imports place;
    private final Contents contents;

    private Import(Imports place, Contents contents) {
        this.place = place;
        this.contents = contents;
    }

    /**
     * Unpacks and judges it; the app does not have it yet.
     *
     * @throws UserError where the file is refused, or the state cannot be written
     */
    public static Import read(Path file, Home home, App app) {
        try (Source source = Source.open(file)) {
            source.check();
            return read(source, Bounds.usual(source.size()), home, app);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static Import read(Source source, Bounds bounds, Home home, App app)
            throws IOException {
        Imports place = Imports.begin(home, app);
        try {
            return new Import(place, contents(source, bounds, place.directory(), app));
        } catch (Damaged e) {
            place.close();
            throw source.refused(e);
        } catch (IOException | RuntimeException | Error e) {
            place.close();
            throw e;
        }
    }

    private static Contents contents(Source source, Bounds bounds, Path directory, App app)
            throws IOException {
        long members = source.size() - Seal.LENGTH;
        Contents contents;
        try (var unpacker = new Unpacker(source.members(), members, bounds)) {
            contents = Contents.unpack(new Entries(unpacker, bounds), directory);
        }
        Path slugs = contents.slug().resolveSibling(".").normalize();
        var there = new Slugs(slugs, app.directory(), directory, InstantSource.system());
        if (!there.verify(contents.release().slug(), true, () -> false)) {
            throw new Damaged("its files are not those of its slug");
        }
        return contents;
    }

    private static UserError unwritten(Path file, IOException e) {
        String reason =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : e.getClass().getSimpleName() + " " + e.getMessage();
        return new UserError(
                "cannot import "
                        + Printable.escape(file.toString())
                        + ": "
                        + Printable.escape(reason),
                "Nothing of it was taken. Free some space, or set DYNO_HOME to another directory.");
    }

    /** What it was called where it comes from. */
    public DynoName name() {
        return contents.run().name();
    }

    /** What its app was called there, as somebody says. */
    public String app() {
        return contents.manifest().app();
    }

    /** Config vars whose values did not come along. */
    public List<String> masked() {
        return contents.masked();
    }

    /**
     * It is one of the app's from now on.
     *
     * @param given values of config vars that did not come along
     * @return it as it is remembered, perhaps under another name
     * @throws UserError where the state cannot be written; nothing is left of it then
     */
    public Run admit(ConfigVars given, Releases releases) {
        Run run = contents.run().with(contents.run().own().with(given));
        var missing = new LinkedHashMap<String, String>();
        for (String name : masked()) {
            if (!given.values().containsKey(name)) {
                missing.put(name, "");
            }
        }
        try {
            contents.release().fields().write(contents.kept().resolve(Runs.RELEASE));
            if (!missing.isEmpty()) {
                new Fields(missing).write(contents.kept().resolve(Runs.MISSING));
            }
        } catch (IOException e) {
            throw unwritten(place.directory(), e);
        }
        return releases.adopt(
                contents.release().slug(),
                contents.slug(),
                () -> place.admit(run, contents.kept(), this::writeLog));
    }

    private void writeLog(DynoName name, Path to) throws IOException {
        if (Files.exists(contents.log(), LinkOption.NOFOLLOW_LINKS)) {
            new LogLines(name.toString()).copy(contents.log(), to);
        }
    }

    /** Removes what is not needed any more. */
    @Override
    public void close() {
        place.close();
    }
}
