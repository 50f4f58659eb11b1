package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.Run;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The sandbox of a one-off that has ended, opened again. */
record OriginKept(Run run, Release release) implements Origin {
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
        return Origin.again(release, releases, stopped);
    }

    @Override
    public boolean isFresh() {
        return false;
    }
}
