package dev.dyno.slug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the app's files are to the slug it had before. */
public final class Comparison {
    private final SlugIgnore ignore;
    private final @Nullable Slug previous;
    private final @Nullable Entry tree;
    private final List<String> warnings;

    private Comparison(
            SlugIgnore ignore,
            @Nullable Slug previous,
            @Nullable Entry tree,
            List<String> warnings) {
        this.ignore = ignore;
        this.previous = previous;
        this.tree = tree;
        this.warnings = new ArrayList<>(warnings);
    }

    static Comparison unchanged(SlugIgnore ignore, Slug slug, List<String> warnings) {
        return new Comparison(ignore, slug, null, warnings);
    }

    /**
     * @param previous what can be shared, or null
     */
    static Comparison changed(
            SlugIgnore ignore, @Nullable Slug previous, Entry tree, List<String> warnings) {
        return new Comparison(ignore, previous, tree, warnings);
    }

    /** The slug before, where it still is what the app is. */
    public Optional<Slug> unchanged() {
        return tree == null ? Optional.ofNullable(previous) : Optional.empty();
    }

    /** What was found out of order on the way, a line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    SlugIgnore ignore() {
        return ignore;
    }

    @Nullable Slug previous() {
        return previous;
    }

    /** What is to be made. */
    Entry tree() {
        return java.util.Objects.requireNonNull(tree);
    }
}
