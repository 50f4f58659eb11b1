package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads all of a tree, to see what it is. */
final class Survey {
    private final Crew crew = new Crew();
    private final BooleanSupplier stopped;

    private Survey(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    static SlugId id(Path files, boolean nativeAtHand, BooleanSupplier stopped) throws IOException {
        var survey = new Survey(stopped);
        Folder folder = Folder.open(files, nativeAtHand);
        var root = new Entry(new byte[0], folder.stat());
        survey.crew.add(survey.new Directory(null, root, folder));
        survey.crew.finish();
        return SlugHash.of(root);
    }

    private final class Directory extends Visit {
        private final Entry entry;
        private @Nullable Folder folder;

        Directory(@Nullable Directory above, Entry entry, @Nullable Folder folder) {
            super(crew, above, above == null ? "" : above.pathOf(entry.name));
            this.entry = entry;
            this.folder = folder;
        }

        @Override
        void visit() throws IOException {
            if (above instanceof Directory parent) {
                folder = Objects.requireNonNull(parent.folder).open(entry.name);
            }
            Folder here = Objects.requireNonNull(folder);
            for (byte[] name : here.names()) {
                var child = new Entry(name, here.stat(name));
                entry.below.add(child);
                if (child.app.isDirectory()) {
                    crew.add(new Directory(this, child, null));
                } else if (child.app.isLink()) {
                    child.hash = Content.hashOf(here.readLink(name));
                } else if (child.app.isFile()) {
                    child.hash = here.hash(name, stopped);
                }
            }
        }

        @Override
        void finish() {}

        @Override
        void close() {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
