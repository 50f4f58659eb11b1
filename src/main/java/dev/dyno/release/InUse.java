package dev.dyno.release;

import dev.dyno.slug.SlugId;
import java.util.Set;

/**
 * What of an app is kept though newer releases have come.
 *
 * @param slugs of dynos that run, and of one-offs that are remembered
 * @param releases the versions of one-offs that are remembered
 * @param dynos whether any run
 */
public record InUse(Set<SlugId> slugs, Set<Integer> releases, boolean dynos) {
    public static final InUse NOTHING = new InUse(Set.of(), Set.of(), false);

    public InUse {
        slugs = Set.copyOf(slugs);
        releases = Set.copyOf(releases);
    }
}
