package dev.dyno.output;

import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;

/**
 * One thread that reads what dynos write, cuts it into lines, logs them and prints them. When the
 * reader of stdout is slow the dynos wait; nothing is dropped, and no more is kept than a buffer.
 */
public final class Output implements AutoCloseable {
    /** Which of its two streams a dyno wrote to; on a terminal they are one. */
    public enum Stream {
        STDOUT,
        STDERR
    }

    /** A descriptor a dyno's programs write to. */
    public interface Source {
        /**
         * No process of the dyno is left: what is still in the descriptor is read, a last line
         * without its end too, then it is closed and {@code done} is called on the output's thread.
         */
        void finish(Runnable done);
    }

    /**
     * From now on what comes out of {@code fd} is a dyno's; the descriptor is this one's to close.
     */
    public Source read(int fd, String dyno, Stream stream, LogFile log) {
        throw new UnsupportedOperationException();
    }

    /**
     * What the platform says of a dyno: shown by {@code heroku} and {@code json}; logged by the
     * caller.
     */
    public void event(LogLine line) {}

    /**
     * What a user of {@code heroku local} is told of a dyno: {@code 7:29:56 AM web.1 Exited
     * Successfully}. Shown by {@code local} on stdout or, a failure, on stderr; by {@code raw} on
     * stderr.
     */
    public void notice(String dyno, String text, boolean failure) {}

    /** {@code [OKAY] …}: shown by {@code local} on stdout or stderr, by the others on stderr. */
    public void banner(String text, boolean failure) {}

    /** The width of names in {@code local}: that of the longest so far. */
    public void expect(String dyno) {}

    /** Prints all that is there and ends. */
    @Override
    public void close() {}
}
