package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what is shown, and what keys do; time is the test's own. */
class PlayerTest {
    private static final String CAST =
            """
            {"version": 2, "width": 80, "height": 24}
            [0.5, "o", "a"]
            [1.0, "i", "never shown"]
            [2.5, "o", "b"]
            [2.5, "o", "c"]
            [12.5, "o", "d"]
            [99.0, "x", "0"]
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void outputComesInItsTime() throws Exception {
        assertThat(played(Pace.REAL, Map.of())).isEqualTo("0.5:a 2.5:b 2.5:c 12.5:d end");
    }

    @Test
    void itIsFasterOrSlower() throws Exception {
        assertThat(played(new Pace(2, Long.MAX_VALUE), Map.of()))
                .isEqualTo("0.25:a 1.25:b 1.25:c 6.25:d end");
        assertThat(played(new Pace(0.5, Long.MAX_VALUE), Map.of()))
                .isEqualTo("1.0:a 5.0:b 5.0:c 25.0:d end");
    }

    @Test
    void longPausesAreCut() throws Exception {
        assertThat(played(new Pace(1, 1_000_000), Map.of()))
                .isEqualTo("0.5:a 1.5:b 1.5:c 2.5:d end");
    }

    @Test
    void spacePausesAndGoesOnWhereItWas() throws Exception {
        assertThat(played(Pace.REAL, Map.of(1.5, ' ', 7.0, ' ')))
                .isEqualTo("0.5:a 8.0:b 8.0:c 18.0:d end");
    }

    @Test
    void aDotStepsWhileItPauses() throws Exception {
        assertThat(played(Pace.REAL, Map.of(1.0, ' ', 3.0, '.', 4.0, '.', 5.0, ' ')))
                .isEqualTo("0.5:a 3.0:b 4.0:c 15.0:d end");
    }

    @Test
    void aDotDoesNothingWhileItPlays() throws Exception {
        assertThat(played(Pace.REAL, Map.of(1.0, '.'))).startsWith("0.5:a 2.5:b");
    }

    @Test
    void qAndCtrlCEndItAlsoWhileItPauses() throws Exception {
        assertThat(played(Pace.REAL, Map.of(1.0, 'q'))).isEqualTo("0.5:a ended");
        assertThat(played(Pace.REAL, Map.of(1.0, ' ', 2.0, (char) 3))).isEqualTo("0.5:a ended");
    }

    @Test
    void versionThreeIsPlayedToo() throws Exception {
        String cast =
                """
                {"version": 3, "term": {"cols": 80, "rows": 24, "type": "xterm"}}
                # a comment
                [0.5, "o", "a"]
                [2.0, "o", "b"]
                """;
        assertThat(played(cast, Pace.REAL, Map.of())).isEqualTo("0.5:a 2.5:b end");
    }

    private String played(Pace pace, Map<Double, Character> keys) throws Exception {
        return played(CAST, pace, keys);
    }

    private String played(String cast, Pace pace, Map<Double, Character> keys) throws Exception {
        Path file = Files.writeString(directory.resolve("cast"), cast);
        var stage = new Script(keys);
        try (CastReader reader = CastReader.open(file)) {
            boolean whole = new Player(stage, pace).play(reader);
            return stage.shown + (whole ? "end" : "ended");
        }
    }

    /** Keys at their times, in seconds; no time passes but where it is waited. */
    private static final class Script implements Stage {
        private static final double SECOND = 1e9;

        private final TreeMap<Long, Integer> keys = new TreeMap<>();
        private final StringBuilder shown = new StringBuilder();
        private long now;

        Script(Map<Double, Character> typed) {
            typed.forEach((at, key) -> keys.put(Math.round(at * SECOND), (int) key));
        }

        @Override
        public void show(String output) {
            shown.append(now / SECOND).append(':').append(output).append(' ');
        }

        @Override
        public int key(long nanos) {
            var next = keys.firstEntry();
            if (next != null && (nanos == FOREVER || next.getKey() <= now + nanos)) {
                keys.pollFirstEntry();
                now = Math.max(now, next.getKey());
                return next.getValue();
            }
            if (nanos == FOREVER) {
                return END;
            }
            now += nanos;
            return NONE;
        }

        @Override
        public long now() {
            return now;
        }
    }
}
