package dev.dyno.change;

import dev.dyno.slug.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A tree of files that others may write to meanwhile: each is reached directory by directory, and
 * no link is followed, so that nothing outside of the tree is ever read.
 */
record Tree(Path root) {
    Folder open() throws IOException {
        return Folder.open(root, true);
    }

    /** The directory of this name, which the caller closes. */
    Folder open(Name directory) throws IOException {
        Folder folder = open();
        for (byte[] part : directory.parts()) {
            try (Folder above = folder) {
                folder = above.open(part);
            }
        }
        return folder;
    }

    InputStream read(Name file) throws IOException {
        try (Folder folder = open(file.parent())) {
            return folder.read(file.last());
        }
    }

    byte[] readLink(Name link) throws IOException {
        try (Folder folder = open(link.parent())) {
            return folder.readLink(link.last());
        }
    }
}
