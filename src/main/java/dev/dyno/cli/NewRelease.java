package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.formation.Answer;
import dev.dyno.formation.ApiLog;
import dev.dyno.formation.FormationClient;
import dev.dyno.formation.Request;
import dev.dyno.formation.Selection;
import dev.dyno.release.Deploy;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code config:set}, {@code rollback} and their like have in common: a release is made, told
 * of, logged, and a formation that runs goes over to it.
 */
final class NewRelease {
    /** Of what Heroku's API refuses. */
    static final int REFUSED = 2;

    private final World world;
    private final Messages messages;
    private final App app;
    private final Releases releases;

    NewRelease(World world, Messages messages, App app) {
        this.world = world;
        this.messages = messages;
        this.app = app;
        this.releases = world.releases(app);
    }

    /**
     * Makes it, and says so on stderr: {@code Setting A and restarting ⬢ shop... done, v12}.
     *
     * @param change what makes it
     * @return empty where it was refused, which is said
     */
    Optional<Release> make(String action, Function<Releases, Release> change) {
        return make(action, change, made -> "done, " + messages.palette().name(made.name()));
    }

    /**
     * @param done what is said behind it at the end
     */
    Optional<Release> make(
            String action, Function<Releases, Release> change, Function<Release, String> done) {
        var status = new StatusLine(world.err(), action, false);
        Release before;
        Release made;
        try {
            new FirstUse(world, app).prepare().forEach(messages::warning);
            before = releases.current().orElseGet(this::first);
            made = change.apply(releases);
        } catch (UserError e) {
            status.end("!");
            messages.error(e);
            messages.line("Error ID: " + Answer.INVALID);
            return Optional.empty();
        }
        Optional<UserError> unheard = Optional.empty();
        if (made.version() != before.version()) {
            log(made);
            unheard = restart();
        }
        status.end(done.apply(made));
        releases.warnings().forEach(messages::warning);
        unheard.ifPresent(why -> messages.warning("the formation has not restarted: " + said(why)));
        return Optional.of(made);
    }

    private static String said(UserError why) {
        String hint = why.hint();
        return why.getMessage() + (hint == null || hint.isEmpty() ? "" : ". " + hint);
    }

    /** An app that never ran is deployed first, so that there is something to configure. */
    private Release first() {
        try (Deploy deploy = releases.deploy(World.env(app), World.user(), false, () -> false)) {
            deploy.warnings().forEach(messages::warning);
            log(deploy.release());
            return deploy.release();
        }
    }

    private void log(Release release) {
        try (ApiLog log = ApiLog.open(world.home(), app, world.clock(), World.user())) {
            log.described(release);
            if (!(client().isRunning() && hasReleasePhase())) {
                log.released(release);
            }
        } catch (IOException e) {
            // It is made all the same.
        }
    }

    private boolean hasReleasePhase() {
        try {
            return Procfile.read(world.files(app)).value().command("release").isPresent();
        } catch (UserError e) {
            return false; // the formation will tell why it cannot go over
        }
    }

    private FormationClient client() {
        return new FormationClient(world.home(), app, world.clock());
    }

    /** Why a formation that runs could not go over to the new release. */
    private Optional<UserError> restart() {
        try {
            Optional<Answer> answer = client().ask(new Request.Restart(new Selection.All()));
            return answer.flatMap(given ->
                    switch (given) {
                        case Answer.Done _ -> Optional.empty();
                        case Answer.Refused refused ->
                                Optional.of(new UserError(refused.error(), refused.hint()));
                    });
        } catch (UserError e) {
            return Optional.of(e);
        }
    }
}
