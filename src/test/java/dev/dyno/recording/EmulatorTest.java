package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What text a program's output leaves. */
class EmulatorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a;rnb;rnc|a/b/c",
                "abc;rX|Xbc",
                "abcdefghijKLM|abcdefghijKLM",
                "abcdefghij;rnK|abcdefghij/K",
                "abcdefghij;e[KX|abcdefghiX",
                "ab;tc|ab      c",
                "abc;bX|abX",
                "abc;e[2DX|aXc",
                "abc;e[1;2HX|aXc",
                "abc;e[3GX;e[5GY|abX Y",
                "abc;r;e[K;e[1mX;e[0m|X",
                "a;rnb;e[1;1H;e[J|",
                "a;rnb;e[2J;e[Hc|c",
                "abcd;e[2G;e[2P|ad",
                "abcd;e[2G;e[2@|a  bcd",
                "abcd;e[2G;e[2X|a  d",
                "a;e[3b|aaaa",
                "abc;e[4h;e[1GX;e[4lY|XYbc",
                "a;rnb;rnc;e[2H;e[LX|a/X/b/c",
                "a;rnb;rnc;e[2H;e[M|a/c",
                "a;rnb;e[1H;eMX|X/a/b",
                "a;rnb;rnc;e[2;3r;e[3H;nX|a/c/X",
                "1;rn2;rn3;rn4;rn5;rn6|1/2/3/4/5/6",
                "a;e[?1049hvim;e[?1049lb|ab",
                "a;e[?1049h;e[HX|a/X",
                "a;e]0 Xyz;ab|ab",
                "a;e]0 Xyz;e\\b|ab",
                "a;ePq#0;e\\b|ab",
                "a;e7bc;e8X|aXc",
                "a;e[?25l;e[?2004h;e[31;1mb;e[m|ab",
                "a;e[>c;e[6n;e[!pb|ab",
                ";e(0lqk;e(Bx|┌─┐x",
                "日本語|日本語",
                "日本;e[2GX| X本",
                "日本;e[3DX| X本",
                "abcdefghi日|abcdefghi日",
                "e;u0301x|e;u0301x",
                "a;e[99;99HX;e[1HY|Y///         X",
                "a;e[5C;e[2CX|a       X",
                "abc;e[1K;r|",
                "abcdefghij;e[?7lXYZ|abcdefghiZ",
                "a;eDb;eEc|a/ b/c",
            })
    void theTextIsWhatATerminalWouldShow(String output, String text) {
        String raw =
                output.replace(";e", "\033")
                        .replace(";rn", "\r\n")
                        .replace(";r", "\r")
                        .replace(";n", "\n")
                        .replace(";t", "\t")
                        .replace(";b", "\b")
                        .replace(";u0301", "\u0301")
                        .replace("Xyz;a", "Xyz\007");
        assertThat(text(raw, 10, 4))
                .isEqualTo(text == null ? "" : text.replace(";u0301", "\u0301"));
    }

    private static String text(String output, int columns, int rows) {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(columns, rows, lines::add);
        emulator.write(output);
        emulator.end();
        return String.join("/", lines);
    }

    @Test
    void aSmallerWindowLosesNothingThatStoodAboveTheCursor() {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(20, 6, lines::add);
        emulator.write("1\r\n2\r\n3\r\n4\r\nlonger than ten");
        emulator.resize(10, 2);
        emulator.write("\r\nafter");
        emulator.resize(30, 9);
        emulator.write("!");
        emulator.end();
        assertThat(lines).containsExactly("1", "2", "3", "4", "longer than ten", "after!");
    }

    @Test
    void noOutputAtAllDoesHarm() {
        Random chance = new Random(3);
        for (int round = 0; round < 2000; round++) {
            var output = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                switch (chance.nextInt(5)) {
                    case 0 -> output.append((char) chance.nextInt(0x100));
                    case 1 -> output.append("\033[").append(chance.nextInt(300)).append(';');
                    case 2 -> output.append("\033[").append((char) (0x30 + chance.nextInt(0x4f)));
                    case 3 -> output.appendCodePoint(chance.nextInt(0x11_0000));
                    default -> output.append("日\u0301x");
                }
            }
            var emulator = new Emulator(1 + chance.nextInt(9), 1 + chance.nextInt(5), _ -> {});
            emulator.write(output.toString());
            emulator.resize(1 + chance.nextInt(9), 1 + chance.nextInt(5));
            emulator.write(output.reverse().toString());
            emulator.end();
        }
    }
}
