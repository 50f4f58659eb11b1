package dev.dyno;

/**
 * What the user calls dyno by: {@code heroku} where a link of that name was called, else {@code
 * dyno}. Whoever tells the user to type a command takes the word from here; help texts, which hold
 * no user's words, are changed where they are printed.
 */
public final class CalledAs {
    /** The first word of a command line of ours. */
    public static final String NAME = System.getProperty("dyno.name", "dyno");

    private CalledAs() {}
}
