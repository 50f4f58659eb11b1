package dev.dyno.terminal;

import dev.dyno.process.Posix;
import org.jspecify.annotations.Nullable;

/** The terminal the user sits at, on dyno's stdin: raw while a dyno has it, then as it was. */
final class UserTerminal {
    static final int FD = 0;

    private byte @Nullable [] saved;
    private boolean raw;

    /** Takes note of how the terminal is set. */
    byte @Nullable [] save() {
        var settings = new byte[Posix.TERMIOS];
        saved = Posix.tcgetattr(FD, settings) == 0 ? settings : null;
        return saved;
    }

    /** Whether dyno is the terminal's foreground job, and so may read it and change it. */
    static boolean isForeground() {
        int foreground = Posix.tcgetpgrp(FD);
        return foreground < 0 || foreground == Posix.getpgrp();
    }

    WindowSize size() {
        return WindowSize.of(FD);
    }

    /** Every key goes to the dyno as it is. What was typed ahead is kept. */
    synchronized void raw() {
        if (saved != null) {
            byte[] settings = saved.clone();
            Posix.cfmakeraw(settings);
            Posix.tcsetattr(FD, Posix.TCSADRAIN, settings);
            raw = true;
        }
    }

    /**
     * @param now without waiting for output to drain, which a stopped terminal never does
     */
    synchronized void restore(boolean now) {
        if (raw && saved != null) {
            Posix.tcsetattr(FD, now ? Posix.TCSANOW : Posix.TCSADRAIN, saved);
            raw = false;
        }
    }
}
