package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Dynos;
import dev.dyno.dyno.RosterWatch;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import java.util.Optional;

/** When a one-off ends, and how. */
final class OneOffEnd {
    private final World world;
    private final Dynos dynos;
    private final Runs runs;

    OneOffEnd(World world, App app) {
        this.world = world;
        this.dynos = world.dynos(app);
        this.runs = new Runs(world.home(), app);
    }

    /**
     * Waits for it; nothing where there is no such one-off, and no memory of one.
     *
     * @param waiting called once where it is still alive
     */
    Optional<Run> await(DynoName name, Runnable waiting) throws InterruptedException {
        try (RosterWatch watch = dynos.watch()) {
            for (boolean told = false; ; told = true) {
                Optional<DynoRecord> alive = dynos.find(name);
                if (alive.isEmpty()) {
                    world.sweep(world.messages(false)); // it may have been killed
                    return runs.find(name);
                }
                DynoRecord dyno = alive.get();
                if (dyno.formation()) {
                    throw new UserError(
                            name + " is one of the formation's, which has no end of its own",
                            "A one-off is waited for: " + CalledAs.NAME + " ps:wait run.7364.");
                }
                Optional<Run> ended = runs.find(name).filter(run -> run.id().equals(dyno.id()));
                if (ended.isPresent()) {
                    return ended;
                }
                if (!told) {
                    waiting.run();
                }
                watch.await();
            }
        }
    }
}
