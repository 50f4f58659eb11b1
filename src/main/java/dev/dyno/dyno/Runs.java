package dev.dyno.dyno;

import dev.dyno.app.App;
import dev.dyno.slug.Removal;
import dev.dyno.store.Fields;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** The last one-offs of an app that have ended, a file each: their statuses outlive them. */
public final class Runs {
    static final String DIRECTORY = "runs";
    private static final String DATA = "runs-data";
    private static final int KEPT = 100;

    /** Before that many it is not worth to look at each. */
    private static final int MOST = 120;

    private final Home home;
    private final Path directory;

    public Runs(Home home, App app) {
        this(home, home.app(app.key()).resolve(DIRECTORY));
    }

    Runs(Home home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** The last of this name that has ended, if it is still known. */
    public Optional<EndedRun> find(DynoName name) {
        try {
            return EndedRun.of(Fields.read(file(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps it; where that cannot be, as on a full disk, the log has its status all the same. */
    void keep(EndedRun run) {
        try {
            home.directory(directory);
            run.fields().write(file(run.name()));
        } catch (IOException | dev.dyno.UserError e) {
            // said above
        }
    }

    /** Keeps what the terminal of a one-off showed; a file that is not there costs nothing. */
    void keepRecording(DynoName name, Path recording) {
        try {
            home.directory(data(name));
            Files.move(recording, recording(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | dev.dyno.UserError e) {
            // Then it is gone with the dyno.
        }
    }

    /** Where the recording of a one-off that has ended is, if it was recorded. */
    public Path recording(DynoName name) {
        return data(name).resolve(Dyno.RECORDING);
    }

    private Path data(DynoName name) {
        return directory.resolveSibling(DATA).resolve(name.toString());
    }

    private Path file(DynoName name) {
        return directory.resolve(name.toString());
    }

    /** Forgets all but the last hundred, once there are some more. */
    static void prune(Path directory) {
        var files = Sweep.entries(directory);
        if (files.size() <= MOST) {
            return;
        }
        record Kept(Path path, FileTime written) {}
        var all = new ArrayList<Kept>();
        for (Path file : files) {
            try {
                all.add(new Kept(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)));
            } catch (IOException e) {
                // pruned by another
            }
        }
        all.sort(Comparator.comparing(Kept::written));
        for (Kept old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            try {
                Files.deleteIfExists(old.path());
                Removal.remove(directory.resolveSibling(DATA).resolve(old.path().getFileName()));
            } catch (IOException e) {
                // pruned by another, or no file of ours
            }
        }
    }
}
