package dev.dyno.terminal;

import dev.dyno.process.Posix;
import org.jspecify.annotations.Nullable;

/** The terminal the user sits at, on dyno's stdin: raw while a dyno has it, then as it was. */
final class UserTerminal {
    static final int FD = 0;

    private byte @Nullable [] saved;
    private boolean raw;
    private boolean left;

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
        if (saved != null && !left) {
            byte[] settings = saved.clone();
            Posix.cfmakeraw(settings);
            set(settings);
            raw = true;
        }
    }

    /** It is as it was, until it is raw again. */
    synchronized void restore() {
        if (raw && saved != null) {
            set(saved);
            raw = false;
        }
    }

    /** It is as it was, and stays so. */
    synchronized void leave() {
        restore();
        left = true;
    }

    /** Without waiting for output to drain, which a terminal that nobody reads never does. */
    private static void set(byte[] settings) {
        Posix.tcsetattr(FD, Posix.TCSANOW, settings);
    }
}
