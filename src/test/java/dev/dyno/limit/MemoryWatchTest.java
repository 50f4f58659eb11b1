package dev.dyno.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    private static final MemoryQuota QUOTA = new MemoryQuota(100, 200);

    private final List<String> heard = new ArrayList<>();
    private final AtomicLong used = new AtomicLong();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final MemoryWatch watch =
            new MemoryWatch(
                    QUOTA, used::get, () -> now, (verdict, n) -> heard.add(verdict + " " + n));

    @Test
    void tooMuchIsSaidAtOnceAndEveryTwentySeconds() {
        used.set(110);
        for (int second = 0; second < 41; second++) {
            watch.look();
            now = now.plusSeconds(1);
            used.incrementAndGet();
        }
        assertThat(heard).containsExactly("EXCEEDED 110", "EXCEEDED 130", "EXCEEDED 150");
    }

    @Test
    void farTooMuchIsSaidOnce() {
        used.set(250);
        watch.look();
        watch.look();
        watch.close();
        assertThat(heard).containsExactly("VASTLY_EXCEEDED 250");
    }

    @Test
    void whatIsFarTooMuchForAMomentOnlyKillsNobody() {
        var looks = new ArrayList<>(List.of(300L, 150L, 90L));
        var twice =
                new MemoryWatch(
                        QUOTA,
                        looks::removeFirst,
                        InstantSource.fixed(now),
                        (verdict, n) -> heard.add(verdict + " " + n));
        twice.look();
        twice.look();
        assertThat(heard).containsExactly("EXCEEDED 150");
        assertThat(twice.peak()).isEqualTo(150);
    }

    @Test
    void thePeakIsRemembered() {
        for (long bytes : new long[] {20, 70, 40}) {
            used.set(bytes);
            watch.look();
        }
        assertThat(watch.peak()).isEqualTo(70);
    }

    @Test
    void whoWasKilledBetweenTwoLooksIsToldOfAtTheEnd() {
        used.set(90);
        watch.look();
        used.set(200);
        watch.close();
        watch.close();
        assertThat(heard).containsExactly("VASTLY_EXCEEDED 200");
    }

    @Test
    void theEndOfADynoThatUsedTooMuchIsNoNews() {
        used.set(150);
        watch.close();
        watch.look();
        assertThat(heard).isEmpty();
    }

    @Test
    void aThreadLooksByItself() throws Exception {
        var first = new CompletableFuture<String>();
        try (var running =
                MemoryWatch.start(
                        QUOTA,
                        () -> 170,
                        InstantSource.system(),
                        (verdict, n) -> first.complete(verdict + " " + n))) {
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("EXCEEDED 170");
            assertThat(running.peak()).isEqualTo(170);
        }
    }
}
