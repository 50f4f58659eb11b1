package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.release.Deploy;
import dev.dyno.release.Releases;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The app as it is now, deployed first where it has changed.
 *
 * @param env of the app's .env, or of the file named instead
 */
record OriginToday(ConfigVars env) implements Origin {
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
