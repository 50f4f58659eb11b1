package dev.dyno.formation;

import dev.dyno.process.Posix;

/**
 * Tells who asks a second time for the end, and so does not want to wait, from what only comes
 * along: a closed window tells of itself more than once, and with it or with Ctrl-C in a pipeline
 * goes whoever read the output.
 */
final class Stops {
    private boolean begun;

    /** The first signal that somebody sent; 0 for none. */
    private int sent;

    /** Whether this signal, or {@link Posix#SIGPIPE} for a lost reader, is to be acted on. */
    boolean counts(int signal) {
        boolean first = !begun;
        begun = true;
        if (signal == Posix.SIGPIPE) {
            return first;
        }
        boolean again = sent != 0 && (sent != Posix.SIGHUP || signal != Posix.SIGHUP);
        sent = sent == 0 ? signal : sent;
        return first || again;
    }
}
