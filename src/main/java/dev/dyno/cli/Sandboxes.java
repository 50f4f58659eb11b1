package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.sandbox.Isolation;
import dev.dyno.sandbox.Namespaces;
import dev.dyno.sandbox.Place;
import dev.dyno.sandbox.PlainSandbox;
import dev.dyno.sandbox.Sandbox;
import dev.dyno.slug.Slug;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Makes a dyno's sandbox from its slug: in namespaces that can, the dyno's changes lie over the
 * slug; else it gets a copy.
 *
 * @param host dyno's own environment
 */
record Sandboxes(IsolationChoice isolation, Map<String, String> host) {
    /**
     * @param fresh whether there is nothing in the dyno yet
     * @param terminal whether the dyno's programs have one
     * @param stopped asked now and then; once true, this ends with {@code Stopped}
     */
    Sandbox make(
            DynoSpec spec,
            Dyno dyno,
            Slug slug,
            boolean fresh,
            boolean terminal,
            BooleanSupplier stopped) {
        Isolation namespaces = isolation.namespaces();
        boolean overlay = namespaces != null && namespaces.overlay();
        if (!overlay && fresh) {
            slug.copyInto(dyno.app(), terminal, stopped);
        }
        if (namespaces == null) {
            return new PlainSandbox(dyno.directory(), dyno.app());
        }
        boolean limited = spec.limited();
        return new Namespaces(
                namespaces,
                new Place(
                        dyno.directory(),
                        overlay ? slug.files() : null,
                        dyno.name().toString(),
                        terminal,
                        limited ? spec.size().processes() : 0,
                        limited ? spec.size().memory() : 0,
                        host));
    }

    /** Whether a dyno's changes lie over its slug, told by its own directory. */
    static boolean isOverlay(Path directory) {
        return Files.isSymbolicLink(directory.resolve("lower"));
    }
}
