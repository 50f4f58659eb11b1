package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.text.Printable;

/** How many of something a flag asks for. */
final class Count {
    private Count() {}

    /**
     * @param things what is counted
     * @param example the words behind dyno that say it well
     * @throws UserError for what is no number, or less than 1
     */
    static int of(String given, String things, String example) {
        try {
            int count = Integer.parseInt(given);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                "'" + Printable.escape(given) + "' is no number of " + things,
                "It is 1 or more: " + CalledAs.NAME + " " + example);
    }
}
