package dev.dyno.formation;

import java.util.Locale;

/** The states of a formation's dyno, in Heroku's words (heroku.md 2.1, 3.4). */
public enum State {
    DOWN,
    STARTING,
    UP,
    CRASHED;

    /** As logs and ps have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
