package dev.dyno.formation;

import dev.dyno.app.ConfigVars;
import dev.dyno.app.Procfile;
import dev.dyno.release.Release;
import dev.dyno.slug.Slug;

/**
 * What dynos are made of from now on.
 *
 * @param config the release's config vars, for the dynos
 * @param isNew whether the release was made for it
 */
public record Build(
        Release release, Slug slug, Procfile procfile, ConfigVars config, boolean isNew) {}
