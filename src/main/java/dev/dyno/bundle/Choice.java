package dev.dyno.bundle;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.Run;
import dev.dyno.release.Config;
import dev.dyno.release.Release;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which config vars go along with their values.
 *
 * @param names where not all of them do
 */
public record Choice(boolean all, Set<String> names) {
    /** The names alone of all of them. */
    public static final Choice NONE = new Choice(false, Set.of());

    /** All of them with their values. */
    public static final Choice ALL = new Choice(true, Set.of());

    public Choice {
        names = Set.copyOf(names);
    }

    /** A one-off and its release with the chosen values only, and the names of the others. */
    record Masked(Run run, Release release, Set<String> names) {}

    /**
     * @throws UserError where a name is chosen that there is not
     */
    Masked of(Run run, Release release) {
        Set<String> there = new TreeSet<>(release.config().with(run.own()).values().keySet());
        for (String name : new TreeSet<>(names)) {
            if (!there.contains(name)) {
                throw new UserError(
                        run.name() + " has no config var " + Printable.escape(name),
                        there.isEmpty() ? null : "It has " + shown(there) + ".");
            }
        }
        var config = new Config(chosen(release.vars().env()), chosen(release.vars().set()));
        var bare =
                new Release(
                        release.version(),
                        release.id(),
                        release.slug(),
                        config,
                        Optional.empty(),
                        release.description(),
                        release.user(),
                        release.createdAt());
        there.removeIf(this::has);
        return new Masked(run.with(chosen(run.own())), bare, there);
    }

    private static String shown(Set<String> names) {
        return Printable.escape(String.join(", ", names));
    }

    private ConfigVars chosen(ConfigVars vars) {
        var chosen = new LinkedHashMap<>(vars.values());
        chosen.keySet().removeIf(name -> !has(name));
        return new ConfigVars(chosen);
    }

    private boolean has(String name) {
        return all || names.contains(name);
    }
}
