package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.Run;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a one-off is made of. */
sealed interface Origin {
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

    /**
     * The app as it is now, deployed first where it has changed.
     *
     * @param env of the app's .env, or of the file named instead
     */
    record Today(ConfigVars env) implements Origin {
        @Override
        public List<String> prepare(World world, App app) {
            return new FirstUse(world, app).prepare();
        }

        @Override
        public Dyno enter(Dynos dynos, DynoSpec spec) {
            return dynos.create(spec);
        }

        @Override
        public Deploy deploy(Releases releases, String user, BooleanSupplier stopped) {
            return releases.deploy(env, user, false, stopped);
        }

        @Override
        public boolean isFresh() {
            return true;
        }
    }

    /** A release of earlier, whatever the app is now. */
    record Earlier(Release release) implements Origin {
        @Override
        public List<String> prepare(World world, App app) {
            return List.of();
        }

        @Override
        public Dyno enter(Dynos dynos, DynoSpec spec) {
            return dynos.create(spec);
        }

        @Override
        public Deploy deploy(Releases releases, String user, BooleanSupplier stopped) {
            return again(release, releases, stopped);
        }

        @Override
        public boolean isFresh() {
            return true;
        }
    }

    /** The sandbox of a one-off that has ended, opened again. */
    record Kept(Run run, Release release) implements Origin {
        @Override
        public List<String> prepare(World world, App app) {
            return List.of();
        }

        @Override
        public Dyno enter(Dynos dynos, DynoSpec spec) {
            return dynos.reopen(spec, run);
        }

        @Override
        public Deploy deploy(Releases releases, String user, BooleanSupplier stopped) {
            return again(release, releases, stopped);
        }

        @Override
        public boolean isFresh() {
            return false;
        }
    }

    private static Deploy again(Release release, Releases releases, BooleanSupplier stopped) {
        return releases.again(release, stopped)
                .orElseThrow(() ->
                        new UserError(
                                "the files of that one-off are no longer kept",
                                "Nothing but today's files can be run."));
    }
}
