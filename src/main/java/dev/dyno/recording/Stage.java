package dev.dyno.recording;

import java.io.IOException;

/** Where a recording is played. */
public interface Stage {
    /** What {@link #key} says when none was pressed. */
    int NONE = -1;

    /** What {@link #key} says when none will be pressed any more. */
    int END = -2;

    /** Waits for a key as long as it takes. */
    long FOREVER = Long.MAX_VALUE;

    /** Shows output. */
    void show(String output) throws IOException;

    /**
     * Waits for a key.
     *
     * @param nanos how long at most
     * @return the key, {@link #NONE} or {@link #END}; NONE may come too early
     */
    int key(long nanos) throws IOException;

    /** In nanoseconds, from any time on. */
    long now();
}
