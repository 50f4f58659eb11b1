package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What of the app is still what its slug holds. The result is the tree of a slug that would be made
 * now, in which what is unchanged has an {@link Entry#own} file and what is not has none.
 */
final class Compare {
    private final SlugIgnore ignore;
    private final BooleanSupplier stopped;

    /** Whether the slug's own files are still to be checked. */
    private final boolean checking;

    private final Crew crew = new Crew();
    private final long start;
    private volatile boolean changed;
    private volatile boolean refreshed;
    private volatile boolean tampered;

    Compare(SlugIgnore ignore, boolean checking, long start, BooleanSupplier stopped) {
        this.start = start;
        this.ignore = ignore;
        this.checking = checking;
        this.stopped = stopped;
    }

    /** The slug is not that of the app any more. */
    boolean isChanged() {
        return changed;
    }

    /** It is, but the index would now say so sooner. */
    boolean isRefreshed() {
        return refreshed;
    }

    /** Somebody has touched the slug's own files. */
    boolean isTampered() {
        return tampered;
    }

    /** Both folders are closed in the end. */
    Entry of(Folder app, Folder slug, Entry old) throws IOException {
        var root = new Entry(old.name, old.app);
        crew.add(new Directory(null, "", app, slug, old, root));
        crew.finish();
        return root;
    }

    private final class Directory extends Visit {
        private final Entry old;
        private final Entry fresh;
        private @Nullable Folder app;
        private @Nullable Folder slug;

        Directory(
                @Nullable Directory above,
                String path,
                @Nullable Folder app,
                @Nullable Folder slug,
                Entry old,
                Entry fresh) {
            super(crew, above, path);
            this.app = app;
            this.slug = slug;
            this.old = old;
            this.fresh = fresh;
            fresh.own = old.own;
        }

        @Override
        void visit() throws IOException {
            try {
                Folder here = app != null ? app : opened();
                if (slug == null && above instanceof Directory parent && parent.slug != null) {
                    slug = openedSlug(parent.slug);
                }
                compare(here);
            } catch (NoSuchFileException | NotDirectoryException e) {
                changed = true; // it went away this moment; making the slug will tell
                fresh.own = null;
            } catch (IOException e) {
                throw CopyFailure.of(e, path);
            }
        }

        private Folder opened() throws IOException {
            Directory parent = (Directory) java.util.Objects.requireNonNull(above);
            Folder here = java.util.Objects.requireNonNull(parent.app).open(old.name);
            app = here;
            return here;
        }

        private @Nullable Folder openedSlug(Folder parent) {
            try {
                return parent.open(old.name);
            } catch (IOException e) {
                tampered |= checking;
                return null;
            }
        }

        private void compare(Folder here) throws IOException {
            if (old.known) {
                fresh.trusted = old.trusted;
                compareKnown(here);
                return;
            }
            Stat now = here.stat();
            fresh.app = now;
            fresh.trusted = now.isTrustworthy(old.name, start);
            changed |= now.permissions() != old.app.permissions();
            boolean same = now.isSame(old.app);
            refreshed |= !same || fresh.trusted != old.trusted;
            check(slug == null ? null : slug.stat(), old);
            if (same && old.trusted) {
                compareKnown(here);
            } else {
                compareNames(here);
            }
        }

        private void compareKnown(Folder here) throws IOException {
            for (Entry child : old.below) {
                compareChild(here, child);
            }
        }

        private void compareNames(Folder here) throws IOException {
            Map<String, Entry> olds = HashMap.newHashMap(old.below.size());
            for (Entry child : old.below) {
                olds.put(Names.key(child.name), child);
            }
            List<byte[]> names = here.names();
            for (byte[] name : names) {
                if (ignore.ignores(pathOf(name))) {
                    continue; // should the slug have it, it is left over below
                }
                Entry child = olds.remove(Names.key(name));
                if (child != null) {
                    compareChild(here, child);
                } else {
                    addNew(here, name);
                }
            }
            changed |= !olds.isEmpty();
        }

        private void compareChild(Folder here, Entry child) throws IOException {
            Stopped.check(stopped);
            if (child.quiet) {
                fresh.below.add(child);
                return;
            }
            if (child.app.isDirectory() && child.known) {
                addDirectory(child, child.app);
                return;
            }
            Stat now;
            try {
                now = here.stat(child.name);
            } catch (NoSuchFileException e) {
                changed = true;
                return;
            }
            if ((now.mode() & Stat.TYPE) != (child.app.mode() & Stat.TYPE)) {
                addNew(child.name, now);
            } else if (now.isDirectory()) {
                addDirectory(child, now);
            } else {
                compareFile(here, child, now);
            }
        }

        private void addDirectory(Entry child, Stat now) {
            var directory = new Entry(child.name, now);
            fresh.below.add(directory);
            crew.add(new Directory(this, pathOf(child.name), null, null, child, directory));
        }

        private void compareFile(Folder here, Entry child, Stat now) throws IOException {
            if (checking && slug != null) {
                check(statInSlug(slug, child.name), child);
            }
            if (child.trusted && now.isSame(child.app)) {
                fresh.below.add(child);
            } else if (now.permissions() == child.app.permissions()
                    && now.size() == child.app.size()
                    && hasSameContent(here, child, now)) {
                var kept = new Entry(child.name, now);
                kept.own = child.own;
                kept.hash = child.hash;
                kept.trusted = now.isTrustworthy(child.name, start);
                refreshed |= kept.trusted || !now.isSame(child.app);
                fresh.below.add(kept);
            } else {
                addNew(child.name, now);
            }
        }

        private boolean hasSameContent(Folder here, Entry child, Stat now) {
            try {
                return now.isLink()
                        ? java.util.Arrays.equals(
                                Content.hashOf(here.readLink(child.name)), child.hash)
                        : slug != null && here.hasSame(child.name, slug, stopped);
            } catch (IOException e) {
                return false; // copying it will tell why
            }
        }

        private void addNew(Folder here, byte[] name) throws IOException {
            try {
                Stat now = here.stat(name);
                if (now.isFile() || now.isDirectory() || now.isLink()) {
                    addNew(name, now);
                }
            } catch (NoSuchFileException e) {
                // came and went
            }
        }

        private void addNew(byte[] name, Stat now) {
            changed = true;
            if (now.isFile() || now.isDirectory() || now.isLink()) {
                fresh.below.add(new Entry(name, now));
            }
        }

        private @Nullable Stat statInSlug(Folder slug, byte[] name) {
            try {
                return slug.stat(name);
            } catch (IOException e) {
                return null;
            }
        }

        private void check(@Nullable Stat own, Entry entry) {
            tampered |= checking && (own == null || !own.isUntouched(entry.stored()));
        }

        @Override
        void finish() {}

        @Override
        void close() {
            if (app != null) {
                app.close();
            }
            if (slug != null) {
                slug.close();
            }
        }
    }
}
