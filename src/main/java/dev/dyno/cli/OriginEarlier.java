package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A release of earlier, whatever the app is now. */
record OriginEarlier(Release release) implements Origin {
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
        return Origin.again(release, releases, stopped);
    }

    @Override
    public boolean isFresh() {
        return true;
    }
}
