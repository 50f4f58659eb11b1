package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a one-off is made of. */
sealed interface Origin permits OriginToday, OriginEarlier, OriginKept {
    /**
     * What there is to do before anything of the app is looked at.
     *
     * @return what the user is to know, a line each
     */
    List<String> prepare(World world, App app);

    /** The dyno itself, still without a sandbox. */
    Dyno enter(Dynos dynos, DynoSpec spec);

    /**
     * @param stopped asked now and then; once true, this ends with {@code Stopped}
     */
    Deploy deploy(Releases releases, String user, BooleanSupplier stopped);

    /** Whether its sandbox is to be made; else it comes with the dyno. */
    boolean isFresh();

    /** The same release, if its files are still there. */
    static Deploy again(Release release, Releases releases, BooleanSupplier stopped) {
        return releases.again(release, stopped)
                .orElseThrow(() ->
                        new UserError(
                                "the files of that one-off are no longer kept",
                                "Nothing but today's files can be run."));
    }
}
