package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.formation.Answer;
import dev.dyno.formation.FormationClient;
import dev.dyno.formation.Request;
import dev.dyno.formation.Selection;
import dev.dyno.text.Palette;
import java.util.Optional;

/**
 * Restarts or stops dynos: those of the formation by asking the {@code dyno local} that runs it,
 * one-offs by telling the {@code run} of each to end (heroku.md 2.2, 2.3).
 */
final class DynoOrders {
    private static final int NOT_FOUND = 2;

    private final World world;
    private final Messages messages;
    private final App app;

    DynoOrders(World world, Messages messages, App app) {
        this.world = world;
        this.messages = messages;
        this.app = app;
    }

    /** Returns the exit status. */
    int give(String verb, Selection selection, Request request) {
        world.sweep(messages);
        Palette palette = messages.palette();
        var status =
                new StatusLine(
                        world.err(),
                        verb + " " + words(selection) + " on " + palette.appName(app.name()),
                        false);
        Answer answer;
        try {
            answer = carryOut(selection, request);
        } catch (UserError e) {
            status.fail(messages.palette());
            throw e;
        }
        return switch (answer) {
            case Answer.Done _ -> {
                status.end("done");
                yield 0;
            }
            case Answer.Refused refused -> {
                status.fail(messages.palette());
                messages.refused(refused);
                yield NOT_FOUND;
            }
        };
    }

    private String words(Selection selection) {
        Palette palette = messages.palette();
        return switch (selection) {
            case Selection.All() -> "all dynos";
            case Selection.Type(var type) -> "all " + palette.info(type.name()) + " dynos";
            case Selection.OneDyno(var name) -> "dyno " + palette.name(name.toString());
        };
    }

    private Answer carryOut(Selection selection, Request request) {
        boolean one = selection instanceof Selection.OneDyno;
        Answer done = new Answer.Done(dev.dyno.formation.Formation.EMPTY);
        boolean stopped = stopOneOffs(selection);
        if (one && stopped) {
            return done; // a name is one dyno's only
        }
        Optional<Answer> answer =
                new FormationClient(world.home(), app, world.clock()).ask(request);
        if (stopped && answer.isPresent() && isNotFound(answer.get())) {
            return done; // the formation has none of them, but there were one-offs
        }
        if (one && (answer.isEmpty() || isNotFound(answer.get()))) {
            return Answer.unknownDyno(); // by the name that dyno is called by here
        }
        return answer.orElse(done);
    }

    private static boolean isNotFound(Answer answer) {
        return answer instanceof Answer.Refused refused && refused.id().equals(Answer.NOT_FOUND);
    }

    /** Whether there was one to be stopped. */
    private boolean stopOneOffs(Selection selection) {
        var dynos = world.dynos(app);
        boolean stopped = false;
        for (DynoRecord dyno : dynos.alive()) {
            // All dynos means the formation's: nobody's console goes with them.
            if (!dyno.formation()
                    && !(selection instanceof Selection.All)
                    && selection.includes(dyno.name())) {
                stopped |= dynos.stop(dyno);
            }
        }
        return stopped;
    }
}
