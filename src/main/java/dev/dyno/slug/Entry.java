package dev.dyno.slug;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file, link or directory of a slug: what the app's was, and what the slug's own is. */
final class Entry {
    static final byte[] NO_HASH = new byte[0];

    final byte[] name;

    /** What the app's file was when this content was read from it. */
    Stat app;

    /** The slug's own file; null for one that has yet to be copied. */
    @Nullable Stat own;

    /** SHA-256 of a file's content or a link's target; empty for a directory. */
    byte[] hash = NO_HASH;

    /** Whether an {@link #app} that is still the same means that the content is. */
    boolean trusted;

    /** What a directory holds, in the order it told. */
    List<Entry> below = new ArrayList<>(0);

    /** A look has found the app's file, or which entries the directory has, to be unchanged. */
    boolean known;

    /** The same of it and all below it. */
    boolean quiet;

    Entry(byte[] name, Stat app) {
        this.name = name;
        this.app = app;
    }

    boolean isNew() {
        return own == null;
    }

    /** The slug's own file, of an entry that is in a slug. */
    Stat stored() {
        return java.util.Objects.requireNonNull(own);
    }

    int count() {
        int count = 1;
        for (Entry entry : below) {
            count += entry.count();
        }
        return count;
    }
}
