package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a window of ten columns and four rows shows, by the rules of xterm: rows between slashes. An
 * escape is {@code ;e}; what begins with 1234 has a digit in each row already.
 */
class XtermRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "abcdefghij;tK|abcdefghij/K",
                "abcdefghij;nK|abcdefghij/         K",
                "abc;rnabcdefghij;eMX|abc      X/abcdefghij",
                "abcdefghij;e[@X|abcdefghiX",
                "abcdefghij;e[PX|abcdefghiX",
                "abcdefghij;e[XX|abcdefghiX",
                "abcdefghij;e[KX|abcdefghiX",
                "abcdefghij;e[LX|         X/abcdefghij",
                "abcdefghij;e[MX|         X",
                "abcdefghij;bX|abcdefghXj",
                "abcdefghij;rX|Xbcdefghij",
                "abcdefghij;e7;e[H;e8X|abcdefghij/X",
                "abcdefghij;u0301X|abcdefghij;u0301/X",
                "abcdefghi日|abcdefghi/日",
                "abcdefghij;e[?7l日|abcdefgh日",
                "abcdefghij;e[?7lX|abcdefghiX",
                "abcdefghij;e[31mX|abcdefghij/X",
            })
    void whatFollowsTheLastColumnGoesToTheNextRowOnceItIsWritten(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "abc;e[2G;e[3KX|aXc",
                "abcdef;e[3G;e[1K|   def",
                "abc;e[2KX|   X",
                "abc;e[2G;e[?KX|aX",
                "a;rnbcd;rne;e[2;2H;e[1J|/  d/e",
                "a;rnbcd;rne;e[2;2H;e[J|a/b",
                "a;rnbcd;rne;e[2;2H;e[2JX|/ X",
                "ab;e[3J|ab",
                "a;rnb;e[H;e[?J|",
                "abcd;e[2G;e[XX|aXcd",
                "日本;e[2G;e[X|  本",
                "日本;e[2G;e[1K|  本",
                "日本;e[3G;e[1K|",
                "a日本;e[3G;e[K|a",
                "abcdefghij;e[H;e[99X|",
            })
    void onlyWhatIsNamedIsErased(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a日b;e[3G;e[@|a   b",
                "a日b;e[3G;e[P|a b",
                "a日b;e[2G;e[P|a b",
                "abcdefgh日;e[H;e[@| abcdefgh",
                "abcdefg日9;e[H;e[@| abcdefg日",
                "abcdefghij;e[H;e[20@X|X",
                "abcdef;e[2G;e[20P|a",
                "abc;e[4h;e[2G日|a日bc",
                "abcdefghij;e[10G;e[@|abcdefghi",
                "abcdefghij;e[9G;e[P|abcdefghj",
                "日;e[2GX;e[2;1H日;b日| X/ 日",
            })
    void cellsAreInsertedAndDeletedAndNoHalfCharacterIsLeft(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1234;e[2;3r;e[H;e[L|1/2/3/4",
                "1234;e[2;3r;e[2H;e[L|1//2/4",
                "1234;e[2;3r;e[4H;e[L|1/2/3/4",
                "1234;e[2;3r;e[3H;e[L|1/2//4",
                "1234;e[2;3r;e[H;e[M|1/2/3/4",
                "1234;e[2;3r;e[2H;e[M|1/3//4",
                "1234;e[2;3r;e[3H;e[M|1/2//4",
                "1234;e[2;3r;e[4H;e[M|1/2/3/4",
                "1234;e[2;3r;e[2H;e[9L|1///4",
                "1234;e[2;3r;e[2H;e[9M|1///4",
                "1234;e[2;3r;e[S|1/3//4",
                "1234;e[2;3r;e[T|1//2/4",
                "1234;e[2;3r;e[9T|1///4",
                "1234;e[2S|3/4",
                "1234;e[2T|//1/2",
            })
    void rowsAreInsertedAndDeletedBetweenTheMargins(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1234;e[3;2rX|1/2/3/4X",
                "1234;e[2;2rX|1/2/3/4X",
                "1234;e[2;9r;e[4H;nX|1/3/4/X",
                "1234;e[2rX|X/2/3/4",
                "1234;e[2;3r;e[3H;e[9AX|1/X/3/4",
                "1234;e[2;3r;e[H;e[9BX|1/2/X/4",
                "1234;e[2;3r;e[4H;e[9AX|1/X/3/4",
                "1234;e[2;3r;e[4H;e[9BX|1/2/3/X",
                "1234;e[2;3r;e[H;e[AX|X/2/3/4",
                "1234;e[2;3r;e[H;e[3eX|1/2/3/X",
                "1234;e[2;3r;e[2H;eMX|1/X/2/4",
                "1234;e[2;3r;e[3H;eDX|1/3/X/4",
                "1234;e[1;2r;e[4H;nX|1/2/3/X",
                "1234;e[2;3r;e[H;eMX|X/2/3/4",
                "1234;e[2;3r;e[3;5H;e[2FX|1/X/3/4",
                "1234;e[2;3r;e[2;5H;e[2EX|1/2/X/4",
                "1234;e[2;3r;e[r;e[4H;nX|2/3/4/X",
            })
    void marginsHoldTheCursorThatIsBetweenThem(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1234;e[2;3r;e[?6hX|1/X/3/4",
                "1234;e[2;3r;e[?6h;e[2HX|1/2/X/4",
                "1234;e[2;3r;e[?6h;e[9HX|1/2/X/4",
                "1234;e[2;3r;e[?6h;e[9dX|1/2/X/4",
                "1234;e[2;3r;e[?6h;e[?6lX|X/2/3/4",
                "1234;e[?6h;e[2;3rX|1/X/3/4",
                "1234;e[2;3r;e[?6h;e[2H;e7;e[?6l;e8X;e[HY|1/Y/X/4",
                "1234;e[3H;e7;e[2;4r;e[?6h;e8;e[HX|X/2/3/4",
            })
    void rowsAreCountedFromTheUpperMarginWhereThatIsAskedFor(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a;tb|a       b",
                "ab;e[3G;eH;rX;tY|XbY",
                "abc;e[9G;e[g;ra;tX|abc      X",
                "ab;e[3g;r;tX|ab       X",
                "ab;e[9G;e[5g;r;tX|ab      X",
                "ab;e[2IX|ab       X",
                "ab;e[IX|ab      X",
                "abcdefghi;e[ZX|abcdefghX",
                "abcdefghi;e[2ZX|Xbcdefghi",
                "ab;e[9ZX|Xb",
                "ab;e[3g;e[ZX|Xb",
                ";e[3g;eca;tb|a       b",
                "ab;e[8G;tX|ab      X",
            })
    void aTabGoesToTheNextStop(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                ";e(0;e7;e(B;e8q|─",
                ";e)0;so;e7;si;e8q|─",
                ";e)0;soq;siq|─q",
                ";e)0;so;e[!pq|q",
                "ab;e7;e[?1049h;e[3;3H;e7;e[?1049l;e8X|abX",
                "ab;e[?1048h;rX;e[?1048lY|XbY",
                "ab;e[?1047hX;e[?1047l|ab",
                "ab;e[?47hX;e[?47lY|ab Y",
                "ab;e[?1049h;e[?1049hX|  X",
                "abc;e[s;rX;e[uY|XbcY",
                "ab;e8X|Xb",
            })
    void whatWasSavedComesBack(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ab;e[2;3r;e[?6h;ecX|X",
                ";e[4h;ecab;rX|Xb",
                ";e[?7l;ecabcdefghijK|abcdefghij/K",
                ";e[2;2H;e7;ec;e8X|X",
                ";e(0;ecq|q",
                "a;e[?1049h;ecX|X",
                "ab;e[4h;e[2;3r;e[?6h;e[!p;rX;e[4Hc|ab/X//c",
                ";e(0;e[!pq|q",
                "ab;e7;e[!p;e8X|Xb",
                ";e[?7l;e[!pabcdefghijK|abcdefghij/K",
                "ab;e#8X|XEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE",
                ";e[2;3r;e[?6h;e#8;e[4HX|EEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE/XEEEEEEEEE",
                "ab;e#6X|abX",
            })
    void aResetForgetsWhatItWasTold(String output, String rows) {
        shows(output, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ab;e;r[CX|aX",
                "ab;e[;r2CX|abX",
                "ab;e[2;caX|abX",
                "ab;e;caX|abX",
                "ab;e;suX|abX",
                "ab;e[2;suX|abX",
                "ab;e[2;e[DX|aX",
                "a;e[>5hX|aX",
                "a;e[ qX|aX",
                "a;e[1$pX|aX",
                "a;e[>4CX|aX",
                "a;e[0CX|a X",
                "a;e[;5HX|a   X",
                "a;e[999999999999CX|a        X",
                "a;e[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18mX|aX",
                ";e[?25;7labcdefghijK|abcdefghiK",
                "a;e]0 t;caX|aX",
                "a;e]0 t;su;bX|X",
                "a;e]0 t;e[3CX|a   X",
                "a;e*BX|aX",
                "a;e%GX|aX",
                "a;e;e[CX|a X",
                "a;eZX|aX",
                "a;e[5~X|aX",
                "a;e[4;2hX|aX",
            })
    void aSequenceIsReadToItsEndAndNoFurther(String output, String rows) {
        shows(output, rows);
    }

    @Test
    void aWindowThatWasMadeLargerShowsMoreOfBothScreens() {
        var emulator = new Emulator(4, 2, _ -> {});
        emulator.write("ab\033[1;2r\033[?1049h");
        emulator.resize(6, 3);
        emulator.write("\033[3;1H123456");
        assertThat(emulator.screen().shown()).containsExactly("", "", "123456");
        emulator.write("\033[?1049l\033[3;1H123456\nx");
        assertThat(emulator.screen().shown()).containsExactly("", "123456", "     x");
    }

    @Test
    void aWindowThatWasMadeSmallerCutsItsRows() {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(6, 3, lines::add);
        emulator.write("abcdef\r\nb\r\nc\033[2;1H");
        emulator.resize(4, 2);
        emulator.write("1234\033[4C5");
        assertThat(emulator.screen().shown()).containsExactly("abcdef", "1235");
        assertThat(lines).isEmpty();
        emulator.resize(4, 1);
        assertThat(lines).containsExactly("abcdef");
    }

    @Test
    void theLastRowIsALineEvenIfItWasToGoOn() {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(4, 3, lines::add);
        emulator.write("\033[1;2r\033[3;1Habcde\033[?1049h\033[3;1Habcdef");
        emulator.end();
        assertThat(lines).containsExactly("", "", "ebcd", "", "", "efcd");
    }

    private static void shows(String output, String rows) {
        var emulator = new Emulator(10, 4, _ -> {});
        emulator.write(
                output.replaceFirst("^1234", "1;rn2;rn3;rn4")
                        .replace(";e", "\033")
                        .replace(";rn", "\r\n")
                        .replace(";r", "\r")
                        .replace(";n", "\n")
                        .replace(";t", "\t")
                        .replace(";b", "\b")
                        .replace(";so", "\016")
                        .replace(";si", "\017")
                        .replace(";ca", "\030")
                        .replace(";su", "\032")
                        .replace(";u0301", "\u0301"));
        List<String> shown = emulator.screen().shown();
        assertThat(String.join("/", shown).replaceFirst("/+$", ""))
                .isEqualTo(rows == null ? "" : rows.replace(";u0301", "\u0301"));
    }
}
