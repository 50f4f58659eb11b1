package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Dynos;
import dev.dyno.release.Release;
import dev.dyno.release.Releases;

/** What is kept and logged of releases and their release phases (heroku.md 3.4, 6.3). */
public final class PhaseRecords {
    private final Releases releases;
    private final ApiLog api;
    private final Dynos dynos;

    public PhaseRecords(Releases releases, ApiLog api, Dynos dynos) {
        this.releases = releases;
        this.api = api;
        this.dynos = dynos;
    }

    /** Whether the release phase is still to be run before dynos are made of this. */
    boolean isDue(Build build) {
        return false;
    }

    void begins(Release release) {}

    void ended(Release release, DynoName dyno, boolean succeeded) {}
}
