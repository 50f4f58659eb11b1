package dev.dyno.change;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dyno.UserError;
import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes made in the app's directory too: first looked at as a whole, then made one by one, each
 * file in one step. No link in the app's directory is followed, and nothing is written over that is
 * not as the slug had it.
 */
public final class Apply {
    private final Tree app;
    private final List<Step> deletions = new ArrayList<>();
    private final List<Step> writings = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Set<Name> deleted = new HashSet<>();
    private final List<Name> written = new ArrayList<>();

    /**
     * One path's new state.
     *
     * @param before what the slug had there; null for nothing
     * @param after null where it is to go
     */
    private record Step(Name path, @Nullable Version before, @Nullable Version after) {}

    /**
     * Looks at the app's directory; nothing is changed yet.
     *
     * @throws UserError where it cannot be read
     */
    public Apply(Changes changes, Path directory) {
        app = new Tree(directory);
        var steps = new ArrayList<Step>();
        for (Change change : changes.all()) {
            if (change.kind() == Kind.RENAMED) {
                steps.add(new Step(change.source(), change.before(), null));
                steps.add(new Step(change.path(), null, change.after()));
            } else {
                steps.add(new Step(change.path(), change.before(), change.after()));
            }
        }
        for (Step step : steps) {
            if (step.after == null) {
                deleted.add(step.path);
            } else {
                written.add(step.path);
            }
        }
        try {
            for (Step step : steps) {
                look(step);
            }
        } catch (IOException e) {
            throw Changes.failure("cannot read the app's directory", e);
        }
    }

    /** Why nothing can be made; empty where all can. */
    public List<Conflict> conflicts() {
        return List.copyOf(conflicts);
    }

    /** How many files are still to be written. */
    public int writings() {
        return writings.size();
    }

    /** How many files are still to be deleted. */
    public int deletions() {
        return deletions.size();
    }

    private void look(Step step) throws IOException {
        Spot spot = Spot.of(app, step.path);
        try {
            if (spot.isOf(step.after) || isReplaced(step, spot)) {
                return; // done before
            }
        } catch (AccessDeniedException e) {
            conflicts.add(new Conflict(step.path, "may not be read, here or in the dyno"));
            return;
        }
        String why = spot.objection(step.before, deleted);
        if (why != null) {
            conflicts.add(new Conflict(step.path, why));
        } else if (step.after == null) {
            deletions.add(step);
        } else {
            writings.add(step);
        }
    }

    /** A file is to become a directory, and is one. */
    private boolean isReplaced(Step step, Spot spot) {
        return step.after == null
                && spot.stat() != null
                && spot.stat().isDirectory()
                && written.stream().anyMatch(path -> path.isWithin(step.path));
    }

    /**
     * Makes the changes. What was made before a failure stays; the rest can be made by another go.
     *
     * @throws UserError where a file was changed meanwhile, or cannot be written
     */
    public void run() {
        if (!conflicts.isEmpty()) {
            throw new IllegalStateException("there are conflicts");
        }
        for (Step step : deletions) {
            make(step);
        }
        for (Step step : writings) {
            make(step);
        }
    }

    private void make(Step step) {
        try {
            String why = Spot.of(app, step.path).objection(step.before, Set.of());
            if (why != null) {
                throw new UserError(
                        step.path.shown() + " " + why, "The changes before it were made.");
            }
            if (step.after == null) {
                delete(step.path);
            } else {
                write(step.path, step.after);
            }
        } catch (AccessDeniedException e) {
            throw new UserError(
                    "cannot write " + step.path.shown() + ": Permission denied",
                    "Make it and its directory writable.");
        } catch (IOException e) {
            throw Changes.failure("cannot write " + step.path.shown(), e);
        }
    }

    /** Directories that become empty go too, as git has none. */
    private void delete(Name path) throws IOException {
        try (Folder folder = app.open(path.parent())) {
            folder.delete(path.last());
        }
        for (Name up = path.parent(); !up.isRoot(); up = up.parent()) {
            try (Folder folder = app.open(up.parent())) {
                folder.deleteDirectory(up.last());
            } catch (IOException e) {
                return; // there is more in it
            }
        }
    }

    private void write(Name path, Version version) throws IOException {
        try (Folder folder = made(path.parent());
                Folder source = version.tree().open(path.parent())) {
            byte[] name = path.last();
            byte[] part = (".dyno-" + ProcessHandle.current().pid() + ".part").getBytes(US_ASCII);
            try (Folder aside = folder.make(part)) {
                move(version, name, source, aside, folder);
            } finally {
                folder.deleteDirectory(part);
            }
        }
    }

    /** Made whole beside its place, then moved there in one step. */
    private static void move(
            Version version, byte[] name, Folder source, Folder aside, Folder target)
            throws IOException {
        try {
            if (version.isLink()) {
                aside.makeLink(source.readLink(name), name, source.stat(name).mtime());
            } else {
                aside.copy(source, name);
            }
            if (Spot.isDirectory(target, name)) {
                target.deleteDirectory(name);
            }
            aside.move(name, target, name);
        } catch (IOException e) {
            aside.delete(name);
            throw e;
        }
    }

    /** A directory below the app's; what is missing is made as open as the one above it. */
    private Folder made(Name directory) throws IOException {
        Folder folder = app.open();
        for (byte[] part : directory.parts()) {
            try (Folder above = folder) {
                folder = made(above, part);
            }
        }
        return folder;
    }

    private static Folder made(Folder above, byte[] name) throws IOException {
        try {
            return above.open(name);
        } catch (NoSuchFileException e) {
            Stat stat = above.stat();
            Folder folder = above.make(name);
            folder.finish(stat.permissions(), System.currentTimeMillis() * 1_000_000);
            return folder;
        }
    }
}
