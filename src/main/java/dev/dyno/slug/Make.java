package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree of a slug: what an earlier slug has by a hard link of its file, the rest from the
 * app.
 */
final class Make {
    private static final int TRIES = 3;

    private final SlugIgnore ignore;
    private final BooleanSupplier stopped;
    private final boolean hashing;
    private final Crew crew = new Crew();
    private final long start;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param hashing whether it is a slug, not a plain copy: then contents are hashed
     */
    Make(SlugIgnore ignore, boolean hashing, long start, BooleanSupplier stopped) {
        this.start = start;
        this.ignore = ignore;
        this.hashing = hashing;
        this.stopped = stopped;
    }

    /**
     * Fills an empty folder; all three are closed in the end.
     *
     * @param tree what is to be made; gets what was made
     * @param old the slug in which the tree's kept entries are
     * @return what was left out and why
     */
    List<String> into(Folder target, Folder app, @Nullable Folder old, Entry tree)
            throws IOException {
        crew.add(new Directory(null, "", tree, app, old, target));
        crew.finish();
        return warnings;
    }

    private void warn(String warning) {
        synchronized (warnings) {
            warnings.add(warning);
        }
    }

    private final class Directory extends Visit {
        private final Entry entry;
        private final boolean isNew;
        private @Nullable Folder app;
        private @Nullable Folder old;
        private @Nullable Folder target;

        Directory(
                @Nullable Directory above,
                String path,
                Entry entry,
                @Nullable Folder app,
                @Nullable Folder old,
                @Nullable Folder target) {
            super(crew, above, path);
            this.entry = entry;
            this.isNew = entry.isNew();
            this.app = app;
            this.old = old;
            this.target = target;
        }

        @Override
        void visit() throws IOException {
            try {
                if (target == null && !open()) {
                    return;
                }
                Folder here = Objects.requireNonNull(app);
                Folder to = Objects.requireNonNull(target);
                if (isNew) {
                    copyAll(here, to);
                } else {
                    makeAll(here, to);
                }
            } catch (IOException e) {
                throw CopyFailure.of(e, path);
            }
        }

        /** False where the app's directory is no more. */
        private boolean open() throws IOException {
            Directory parent = (Directory) Objects.requireNonNull(above);
            try {
                app = Objects.requireNonNull(parent.app).open(entry.name);
            } catch (NoSuchFileException | NotDirectoryException e) {
                warn(CopyFailure.shown(path) + " went away while it was copied");
                parent.forget(entry);
                return false;
            }
            old = isNew || parent.old == null ? null : parent.old.open(entry.name);
            target = Objects.requireNonNull(parent.target).make(entry.name);
            return true;
        }

        private void copyAll(Folder here, Folder to) throws IOException {
            entry.app = here.stat();
            entry.trusted = entry.app.isTrustworthy(entry.name, start);
            for (byte[] name : here.names()) {
                if (ignore.ignores(pathOf(name))) {
                    continue;
                }
                try {
                    Stat now = here.stat(name);
                    if (now.isDirectory() || now.isFile() || now.isLink()) {
                        make(here, to, new Entry(name, now));
                    } else {
                        warn(
                                CopyFailure.shown(pathOf(name))
                                        + " is neither file, directory nor link and was left out");
                    }
                } catch (NoSuchFileException e) {
                    warn(CopyFailure.shown(pathOf(name)) + " went away while it was copied");
                } catch (IOException e) {
                    throw CopyFailure.of(e, pathOf(name));
                }
            }
        }

        private void makeAll(Folder here, Folder to) throws IOException {
            List<Entry> all = entry.below;
            entry.below = new ArrayList<>(all.size());
            for (Entry child : all) {
                make(here, to, child);
            }
        }

        private void make(Folder here, Folder to, Entry child) throws IOException {
            Stopped.check(stopped);
            if (child.app.isDirectory()) {
                keep(child);
                crew.add(new Directory(this, pathOf(child.name), child, null, null, null));
            } else if (!child.isNew() && share(to, child)) {
                keep(child);
            } else {
                copy(here, to, child);
            }
        }

        private void keep(Entry child) {
            synchronized (entry) {
                entry.below.add(child);
            }
        }

        private void forget(Entry child) {
            synchronized (entry) {
                for (Iterator<Entry> each = entry.below.iterator(); each.hasNext(); ) {
                    if (each.next() == child) {
                        each.remove();
                    }
                }
            }
        }

        /** Too many links, another file system, a kind of file that cannot: then it is copied. */
        private boolean share(Folder to, Entry child) {
            try {
                to.share(Objects.requireNonNull(old), child.name);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private void copy(Folder here, Folder to, Entry child) throws IOException {
            try {
                if (child.app.isLink()) {
                    byte[] link = here.readLink(child.name);
                    to.makeLink(link, child.name, child.app.mtime());
                    child.hash = hashing ? Content.hashOf(link) : Entry.NO_HASH;
                    child.own = to.stat(child.name);
                    child.trusted = child.app.isTrustworthy(child.name, start);
                } else {
                    copyFile(here, to, child);
                }
                keep(child);
            } catch (NoSuchFileException | NotDirectoryException e) {
                to.stat(); // the slug's own directory must still be there
                warn(CopyFailure.shown(pathOf(child.name)) + " went away while it was copied");
            } catch (FileAlreadyExistsException e) {
                // A directory may tell a name twice while entries come and go.
            } catch (IOException e) {
                throw CopyFailure.of(e, pathOf(child.name));
            }
        }

        private void copyFile(Folder here, Folder to, Entry child) throws IOException {
            Folder.Copied copied = to.copy(here, child.name, hashing, stopped);
            for (int i = 1; i < TRIES && !copied.isWhole(); i++) {
                to.delete(child.name);
                copied = to.copy(here, child.name, hashing, stopped);
            }
            child.app = copied.before;
            child.own = copied.copy;
            child.hash = copied.hash;
            child.trusted = copied.isWhole() && child.app.isTrustworthy(child.name, start);
            if (!copied.isWhole()) {
                warn(CopyFailure.shown(pathOf(child.name)) + " kept changing while it was copied");
            }
        }

        @Override
        void finish() throws IOException {
            if (target != null && (hashing || above != null)) {
                try {
                    target.finish(entry.app.permissions(), entry.app.mtime());
                    entry.own = target.stat();
                } catch (IOException e) {
                    throw CopyFailure.of(e, path);
                }
            }
        }

        @Override
        void close() {
            for (Folder folder : new Folder[] {app, old, target}) {
                if (folder != null) {
                    folder.close();
                }
            }
        }
    }
}
