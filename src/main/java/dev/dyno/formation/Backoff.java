package dev.dyno.formation;

import java.time.Duration;

/** How long a dyno that crashed has to cool off before it starts again (heroku.md 3.5). */
final class Backoff {
    private static final int CAP = 30;

    private final Duration first;
    private final Duration longest;
    private Duration next = Duration.ZERO;

    /**
     * @param first the cool-off after the second crash; it doubles from there up to 30 times that
     */
    Backoff(Duration first) {
        this.first = first;
        longest = first.multipliedBy(CAP);
    }

    /**
     * The cool-off after one more crash; none after the first.
     *
     * @param up how long the dyno was up; whoever stayed up for the longest cool-off starts afresh
     */
    Duration afterCrash(Duration up) {
        if (up.compareTo(longest) >= 0) {
            reset();
        }
        Duration coolOff = next;
        Duration doubled = coolOff.isZero() ? first : coolOff.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return coolOff;
    }

    void reset() {
        next = Duration.ZERO;
    }
}
