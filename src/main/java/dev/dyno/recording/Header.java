package dev.dyno.recording;

/**
 * What a recording tells of itself.
 *
 * @param columns of the terminal when it began
 * @param rows of the terminal when it began
 * @param began in seconds since 1970; 0 where that is not known
 * @param command that was run, as it was typed
 * @param title by which a player calls it
 * @param terminal the {@code TERM} of the program; the only variable that is told
 */
public record Header(
        int columns, int rows, long began, String command, String title, String terminal) {}
