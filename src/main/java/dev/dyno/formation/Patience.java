package dev.dyno.formation;

import dev.dyno.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A wait for another process, in which one looks every few milliseconds: commands live short. */
final class Patience {
    private static final long LOOK_MILLIS = 5;

    private final Duration whole;
    private final long deadline;

    Patience(Duration whole) {
        this.whole = whole;
        this.deadline = System.nanoTime() + whole.toNanos();
    }

    long seconds() {
        return whole.toSeconds();
    }

    /** Waits until the next look; false where it is not worth one. */
    boolean pause() {
        if (System.nanoTime() >= deadline) {
            return false;
        }
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    UserError lockStaysHeld(Path lock, Optional<Holder> holder) {
        return new UserError(
                "another command has been changing the formation for " + seconds() + " seconds",
                holder.filter(known -> known.pid() != 0)
                        .map(known -> "End it with: kill " + known.pid())
                        .orElse("It holds " + lock + "."));
    }
}
