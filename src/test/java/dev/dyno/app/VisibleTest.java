package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of unknown origin, shown on a terminal. */
class VisibleTest {
    private static final int LONGEST = 200;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc é 漢 🔥|abc é 漢 🔥",
                "a\u001b[31m|a\\x1b[31m",
                "a\u0085b|a\\x85b",
                "a\u202eb|a\\u{202e}b",
                "a\u2028b\u2029c|a\\u{2028}b\\u{2029}c",
                "a\ud83db|a\\u{d83d}b",
                "a\uDB40\uDC41b|a\\u{e0041}b",
            })
    void whatCannotBeShownIsWrittenAsItsNumber(String text, String shown) {
        assertThat(Visible.escaped(text)).isEqualTo(shown);
    }

    @Test
    void ofALineEachCharacterKeepsItsColumn() {
        assertThat(Visible.inPlace("a\tb\u001bc\u202ed🔥e")).isEqualTo("a b\ufffdc\ufffdd🔥e");
    }

    @Test
    void ofALongLineTheBeginningIsShown() {
        String longest = "x".repeat(LONGEST);
        assertThat(Visible.inPlace(longest + "y")).isEqualTo(longest);
        assertThat(Visible.shortened(longest)).isEqualTo(longest);
        assertThat(Visible.shortened(longest + "y")).isEqualTo(longest + "…");
    }
}
