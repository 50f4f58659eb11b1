package dev.dyno.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "bundle exec puma", "C:\\new", "naïve ⬢ 𝄞 — ok", "~"})
    void harmlessTextIsTheSameObject(String text) {
        assertThat(Printable.escape(text)).isSameAs(text);
    }

    @Test
    void controlCharactersBecomeVisible() {
        assertThat(Printable.escape("a\u001b[31mb\rc\nd\te\u0000\u007f"))
                .isEqualTo("a\\x1b[31mb\\rc\\nd\\te\\x00\\x7f");
    }

    @Test
    void theEightBitControlsBecomeVisible() {
        assertThat(Printable.escape("\u0080\u009b31m\u009f\u00a0"))
                .isEqualTo("\\x80\\x9b31m\\x9f\u00a0");
    }

    @Test
    void lineSeparatorsAndTurnedTextBecomeVisible() {
        assertThat(Printable.escape("\u2028\u2029 \u202a\u202e \u2066\u2069 \u202f\u206a"))
                .isEqualTo("\\u2028\\u2029 \\u202a\\u202e \\u2066\\u2069 \u202f\u206a");
    }

    @Test
    void halfACharacterIsReplacedAndAWholeOneIsNot() {
        assertThat(Printable.escape("\ud834 \udd1e \ud834\udd1e \ud834"))
                .isEqualTo("\ufffd \ufffd \ud834\udd1e \ufffd");
    }

    @Test
    void escapingTwiceIsEscapingOnce() {
        String once = Printable.escape("\u001b]0;title\u0007");
        assertThat(Printable.escape(once)).isSameAs(once).isEqualTo("\\x1b]0;title\\x07");
    }
}
