package dev.dyno.change;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A directory of the copy, and that of {@code upper} for it, made when it is needed. */
final class Shelf {
    private final @Nullable Shelf above;
    private final byte[] name;
    private final Folder now;
    private final Stat stat;
    private @Nullable Folder made;

    Shelf(@Nullable Shelf above, byte[] name, Folder now) throws IOException {
        this.above = above;
        this.name = name;
        this.now = now;
        this.stat = now.stat();
    }

    static Shelf root(Folder now, Folder upper) throws IOException {
        var root = new Shelf(null, new byte[0], now);
        root.made = upper;
        return root;
    }

    Folder now() {
        return now;
    }

    void take(byte[] entry) throws IOException {
        if ((stat.permissions() & 0300) != 0300) {
            now.finish(stat.permissions() | 0700, stat.mtime());
        }
        now.move(entry, made(), entry);
    }

    private Folder made() throws IOException {
        if (made == null) {
            made = Objects.requireNonNull(above).made().make(name);
        }
        return made;
    }

    void finish() throws IOException {
        if (made != null) {
            made.finish(stat.permissions(), stat.mtime());
            if (above != null) {
                made.close();
            }
        }
    }
}
