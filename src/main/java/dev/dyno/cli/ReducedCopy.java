package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.change.Harvest;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Runs;
import dev.dyno.process.HelperProgram;
import dev.dyno.slug.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What is kept of a one-off, in the form that others read: where its sandbox was kept, and was a
 * copy of the slug, a second copy is made and reduced to what the one-off has changed.
 */
final class ReducedCopy implements AutoCloseable {
    private final Path directory;
    private final boolean ours;

    private ReducedCopy(Path directory, boolean ours) {
        this.directory = directory;
        this.ours = ours;
    }

    /**
     * @param slug the files it was made of
     */
    static ReducedCopy of(DynoName name, Runs runs, Path slug) throws IOException {
        Path kept = runs.directory(name);
        if (!runs.hasSandbox(name) || !runs.isCopy(name)) {
            return new ReducedCopy(kept, false);
        }
        var copy = new ReducedCopy(runs.workspace(), true);
        try {
            copy.fill(kept, slug);
            return copy;
        } catch (IOException | UserError e) {
            copy.close();
            throw e;
        }
    }

    private void fill(Path kept, Path slug) throws IOException {
        Path app = directory.resolve("app");
        if (!HelperProgram.run("cp", "-a", kept.resolve("app").toString(), app.toString())
                .succeeded()) {
            throw new UserError(
                    "cannot copy " + kept.resolve("app"), "Free some space in " + directory + ".");
        }
        Harvest.ofCopy(slug, app, directory, true);
        Path recording = kept.resolve(Runs.RECORDING);
        if (Files.isRegularFile(recording, LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(directory.resolve(Runs.RECORDING), recording);
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        if (ours) {
            Removal.remove(directory);
        }
    }
}
