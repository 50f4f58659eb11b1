package dev.dyno.output;

/** How the lines of many dynos are shown. */
public enum Format {
    /** As {@code heroku local}: {@code 7:29:55 AM web.1 | text}. */
    LOCAL,
    /** As {@code heroku logs}. */
    HEROKU,
    /** An object a line. */
    JSON,
    /** The lines alone. */
    RAW
}
