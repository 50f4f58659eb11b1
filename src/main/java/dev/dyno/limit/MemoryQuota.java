package dev.dyno.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * How much memory a dyno may use.
 *
 * @param bytes beyond it is R14
 * @param killPercent the part of it from which on the dyno is killed, R15; 100 at least
 */
public record MemoryQuota(long bytes, int killPercent) {
    /** When R14 was said last to a dyno that has never heard it. */
    public static final Instant NEVER = Instant.MIN;

    /** Heroku says it again about every 20 seconds (heroku.md 3.4). */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    public MemoryQuota {
        if (bytes <= 0 || killPercent < 100) {
            throw new IllegalArgumentException(bytes + " bytes, " + killPercent + " percent");
        }
    }

    /** What there is to say of a dyno's memory. */
    public enum Verdict {
        /** Nothing, or nothing new. */
        SILENT,
        /** R14. */
        EXCEEDED,
        /** R15, and its end. */
        VASTLY_EXCEEDED
    }

    /** In bytes, where R15 begins. */
    public long killAt() {
        return bytes / 100 * killPercent + bytes % 100 * killPercent / 100;
    }

    /**
     * @param used in bytes
     * @param said when R14 was said last, {@link #NEVER} if it was not
     */
    public Verdict verdict(long used, Instant said, Instant now) {
        if (used >= killAt()) {
            return Verdict.VASTLY_EXCEEDED;
        }
        boolean due = now.isBefore(said) || !now.isBefore(said.plus(AGAIN));
        return used > bytes && due ? Verdict.EXCEEDED : Verdict.SILENT;
    }
}
