package dev.dyno.formation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a formation's dynos: events and the present time go in, actions come out,
 * and nothing is done here (heroku.md 3.4, 3.5, 4.4).
 */
public final class Plan {
    /**
     * What a plan goes by.
     *
     * @param backoff the first cool-off of a dyno that crashes again
     * @param bootTimeout how long a web dyno has to listen
     * @param grace how long processes have between SIGTERM and SIGKILL
     * @param once whether all are to end when one has
     */
    public record Rules(Duration backoff, Duration bootTimeout, Duration grace, boolean once) {}

    public Plan(Rules rules) {}

    public List<Action> on(Instant now, Event event) {
        return List.of();
    }

    /** When a {@link Event.Tick} is due; nothing while only other events can change anything. */
    public Optional<Instant> next() {
        return Optional.empty();
    }
}
