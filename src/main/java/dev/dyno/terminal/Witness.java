package dev.dyno.terminal;

import java.nio.ByteBuffer;

/**
 * Is shown what goes through a dyno's terminal, at the time it goes. What it is shown it must copy:
 * the bytes lie between the buffer's position and its limit, and are others when it has returned.
 */
public interface Witness {
    /** The program has written this, and the user has seen it. */
    void output(ByteBuffer bytes);

    /** Whether it is to be shown what the user types. */
    boolean wantsInput();

    /** The user has typed this; never called while the dyno's terminal does not echo. */
    void input(ByteBuffer bytes);

    /** The dyno's terminal has this size now; called from any thread, also when it is the same. */
    void resized(WindowSize size);
}
