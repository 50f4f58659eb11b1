package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells by Unicode's East Asian Width, marks by their general category. */
class CharWidthTest {
    @ParameterizedTest
    @CsvSource({
        "41, 1, a letter",
        "e9, 1, a letter with an accent",
        "2ff, 1, the last before the combining marks",
        "300, 0, the first combining mark",
        "370, 1, Greek",
        "488, 0, an enclosing mark",
        "200b, 0, a space of no width",
        "200d, 0, a joiner",
        "fe0f, 0, a variation selector",
        "10ff, 1, the last before Hangul",
        "1100, 2, Hangul's first",
        "115f, 2, its last consonant",
        "1160, 0, the first vowel",
        "11ff, 0, the last end of a syllable",
        "1200, 1, Ethiopic",
        "2328, 1, before the angle brackets",
        "2329, 2, the first angle bracket",
        "232a, 2, the last",
        "232b, 1, behind them",
        "2e80, 2, the first radical",
        "303e, 2, the last of CJK's signs",
        "303f, 1, a half fill space",
        "3041, 2, Hiragana",
        "4dbf, 2, the last ideograph of extension A",
        "9fff, 2, the last ideograph",
        "a4cf, 2, the last of Yi",
        "a4d0, 1, Lisu",
        "ac00, 2, the first syllable",
        "d7a3, 2, the last syllable",
        "d7b0, 1, behind them",
        "ff00, 2, full width",
        "ff60, 2, the last of full width",
        "ff61, 1, the first of half width",
        "1f600, 2, a face",
        "231a, 2, a watch",
        "2764, 1, a heart that is text",
        "20000, 2, extension B",
        "3fffd, 2, the last wide one",
        "e0001, 0, a tag",
    })
    void aCharacterTakesAsManyCellsAsUnicodeSays(String hex, int cells, String what) {
        assertThat(CharWidth.of(Integer.parseInt(hex, 16))).as(what).isEqualTo(cells);
    }
}
