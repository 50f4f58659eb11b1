package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.formation.Answer;
import dev.dyno.formation.Formation;
import dev.dyno.formation.FormationClient;
import dev.dyno.formation.FormationClient.Changed;
import dev.dyno.formation.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@code ps:scale} and {@code ps:type} have in common: an app's formation, seen and changed.
 */
final class Scaling {
    /** Of what Heroku's API refuses. */
    static final int REFUSED = 2;

    private final World world;
    private final Messages messages;
    private final App app;
    private final Procfile procfile;
    private final FormationClient client;

    Scaling(World world, Messages messages, App app) {
        this.world = world;
        this.messages = messages;
        this.app = app;
        world.sweep(messages);
        procfile = messages.understood(Procfile.read(world.files(app)));
        client = new FormationClient(world.home(), app, world.clock());
        client.warnings().forEach(messages::warning);
    }

    /** It now; empty where the app has no process types, which is said. */
    Optional<Formation> formation() {
        Formation formation = client.formation(procfile);
        if (formation.entries().isEmpty()) {
            messages.plainError(
                    "No process types on "
                            + messages.palette().appName(app.name())
                            + ".\nUpload a Procfile to add process types."
                            + "\nhttps://devcenter.heroku.com/articles/procfile");
            return Optional.empty();
        }
        return Optional.of(formation);
    }

    /**
     * Changes it and says so on stderr.
     *
     * @param wanted may find what was typed to be wrong, as Heroku's API does
     * @param done what to say of the entries that were named, behind {@code ... }
     * @return the formation after it; empty where it was refused, which is said
     */
    Optional<Formation> change(
            String action,
            Supplier<Request.Change> wanted,
            Function<Map<String, Formation.Entry>, String> done) {
        var status = new StatusLine(world.err(), action, false);
        Request.Change change;
        try {
            change = wanted.get();
        } catch (UserError e) {
            status.fail(messages.palette());
            messages.error(e);
            return Optional.empty();
        }
        Changed changed;
        try {
            new FirstUse(world, app).prepare().forEach(messages::warning);
            changed = client.change(change, procfile, World.user());
        } catch (UserError e) {
            status.fail(messages.palette());
            throw e;
        }
        return switch (changed.answer()) {
            case Answer.Done(Formation after) -> {
                var named = new LinkedHashMap<>(after.entries());
                named.keySet().retainAll(change.types());
                status.end(done.apply(named));
                if (!changed.running() && world.errIsTerminal()) {
                    world.err()
                            .println("It takes effect with the next: " + CalledAs.NAME + " local");
                }
                yield Optional.of(after);
            }
            case Answer.Refused refused -> {
                status.fail(messages.palette());
                messages.refused(refused);
                yield Optional.empty();
            }
        };
    }
}
