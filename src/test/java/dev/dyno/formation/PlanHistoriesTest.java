package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever happens, and in whatever order, a plan keeps its {@link Laws}. */
class PlanHistoriesTest {
    private static final int SEEDS = 1000;

    @Test
    void theLawsHoldInEachOf1000Worlds() {
        var tally = new TreeMap<String, Integer>();
        for (int seed = 0; seed < SEEDS; seed++) {
            live(seed).forEach((action, times) -> tally.merge(action, times, Integer::sum));
        }
        assertThat(tally).as("what was seen").containsEntry("Finish", SEEDS).hasSize(10);
        assertThat(tally.values()).as("what was seen: %s", tally).allMatch(times -> times > 100);
    }

    private static Map<String, Integer> live(int seed) {
        var world = new World(seed);
        try {
            return world.live().tally();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), world), e);
        }
    }
}
