package dev.dyno.slug;

import java.util.function.BooleanSupplier;

/** The work on an app's files was ended from outside; what it wrote is to be removed. */
public final class Stopped extends RuntimeException {
    public Stopped() {
        super("the work was stopped", null, false, false);
    }

    /** Ends what the caller does, where that is asked for. */
    public static void check(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
    }
}
