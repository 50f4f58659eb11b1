package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Dynos;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;
import dev.dyno.release.Status;
import java.io.IOException;
import java.nio.file.Path;

/** What is kept and logged of releases and their release phases (heroku.md 3.4, 6.3). */
public final class PhaseRecords {
    private final Releases releases;
    private final ApiLog api;
    private final Path logs;

    public PhaseRecords(Releases releases, ApiLog api, Dynos dynos) {
        this.releases = releases;
        this.api = api;
        this.logs = dynos.logs();
    }

    /** Whether the release phase is still to be run before dynos are made of this. */
    boolean isDue(Build build) {
        return build.procfile().command(ReleasePhase.TYPE).isPresent()
                && !is(build, Status.SUCCEEDED);
    }

    /** Whether it was run for this release and failed. */
    boolean hasFailed(Build build) {
        return isDue(build) && is(build, Status.FAILED);
    }

    private boolean is(Build build, Status status) {
        return releases.status(build.release().version()).filter(status::equals).isPresent();
    }

    /** The app has been looked at, and perhaps a release was made. */
    void deployed(Build build) {
        if (build.isNew()) {
            api.described(build.release());
            if (!isDue(build)) {
                api.released(build.release());
            }
        }
    }

    void begins(Release release) {
        releases.setStatus(release.version(), Status.PENDING);
        api.running(release);
    }

    /** Its output is what the dyno's log has of it. */
    void ended(Release release, DynoName dyno, boolean succeeded) {
        try {
            Path log = logs.resolve(dyno + ".log");
            PhaseOutput.copy(log, dyno, releases.newOutput(release.version()));
        } catch (IOException e) {
            // Then the log has it alone.
        }
        releases.setStatus(release.version(), succeeded ? Status.SUCCEEDED : Status.FAILED);
        if (succeeded) {
            api.released(release);
        } else {
            api.failed(release);
        }
    }
}
