package dev.dyno.process;

import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Hears of signals sent to dyno itself. The names are without SIG: HUP, INT, TERM, WINCH, … */
public final class Signals {
    private Signals() {}

    /**
     * Calls {@code heard} with the signal's number on a thread of the JVM's own.
     *
     * @return false where the signal cannot be heard: not of this system, or ignored by whoever
     *     started dyno (nohup)
     */
    public static boolean on(String name, Consumer<Integer> heard) {
        try {
            SignalHandler previous =
                    Signal.handle(new Signal(name), s -> heard.accept(s.getNumber()));
            if (previous.equals(SignalHandler.SIG_IGN)) {
                Signal.handle(new Signal(name), previous);
                return false;
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
