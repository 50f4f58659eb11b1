package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopsTest {
    private static final Map<String, Integer> SIGNALS =
            Map.of("HUP", 1, "INT", 2, "PIPE", 13, "TERM", 15);

    @ParameterizedTest
    @CsvSource({
        "INT INT INT, yes yes yes",
        "TERM INT, yes yes",
        "HUP HUP HUP, yes no no",
        "HUP INT, yes yes",
        "INT HUP, yes yes",
        "INT PIPE, yes no",
        "HUP PIPE HUP, yes no no",
        "PIPE HUP HUP, yes no no",
        "PIPE INT, yes no",
        "PIPE INT INT, yes no yes",
        "PIPE PIPE, yes no",
    })
    void onlyWhoAsksTwiceIsInAHurry(String signals, String acted) {
        var stops = new Stops();

        assertThat(Stream.of(signals.split(" ")).map(SIGNALS::get).map(stops::counts))
                .map(counts -> counts ? "yes" : "no")
                .containsExactly(acted.split(" "));
    }
}
