package dev.dyno.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonStringTest {
    private static String quoted(byte[] text, int cut) {
        var out = new Bytes(1);
        var string = new JsonString();
        out.put('"');
        string.put(text, 0, cut, out);
        string.put(text, cut, text.length, out);
        string.end(out);
        out.put('"');
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @Test
    void eachCharacterIsReadAsItWasWrittenAndDoesNothingToATerminal() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(c);
            String json = quoted(text.getBytes(StandardCharsets.UTF_8), 0);

            assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(text);
            assertThat(Printable.escape(json)).as("U+%04X", c).isEqualTo(json);
        }
    }

    @Test
    void aCharacterThatAPieceCutsIsWhole() {
        byte[] text = "é\u0085漢\u202e\u2066😀\"\n".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            assertThat(quoted(text, cut)).isEqualTo("\"é\\u0085漢\\u202e\\u2066😀\\\"\\n\"");
        }
    }

    @Test
    void eachSequenceThatCannotGoOnIsReplacedByOneCharacter() {
        byte[] text = {'a', (byte) 0xe2, (byte) 0x80, 'b', (byte) 0xff, (byte) 0xf0, (byte) 0x9f};

        assertThat(quoted(text, 3)).isEqualTo("\"a\ufffdb\ufffd\ufffd\"");
    }

    @Test
    void jsonOfAnotherWriterIsMadeHarmless() {
        assertThat(JsonString.harmless("{\n  \"é\\n\": \"\u009b31m\u007f\u202e漢😀\"\n}"))
                .isEqualTo("{\n  \"é\\n\": \"\\u009b31m\\u007f\\u202e漢😀\"\n}");
    }

    /** A bar is where one piece ends and the next begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "61 62; ab",
                "20 7e; ' ~'",
                "22 5c 2f; \\\"\\\\/",
                "0a 0d 09 08; \\n\\r\\t\\u0008",
                "00 1f 7f 1b; \\u0000\\u001f\\u007f\\u001b",
                "c2 9b; \\u009b",
                "c2 80; \\u0080",
                "c2 a0; \u00a0",
                "c3 80; \u00c0",
                "c3 | a9; \u00e9",
                "e2 | 82 | ac 21; \u20ac!",
                "f0 9f 98 80; \ud83d\ude00",
                "ed 9f bf; \ud7ff",
                "c3 61; \ufffda",
                "c3 20; '\ufffd '",
                "c3 7f; \ufffd\\u007f",
                "c3 1f; \ufffd\\u001f",
                "c3 22; \ufffd\\\"",
                "c3 c3 a9; \ufffd\u00e9",
                "80 bf; \ufffd\ufffd",
                "c0 af; \ufffd\ufffd",
                "c1 bf; \ufffd\ufffd",
                "e0 9f bf; \ufffd\ufffd\ufffd",
                "e0 a0 80; \u0800",
                "ed a0 80; \ufffd\ufffd\ufffd",
                "f0 8f bf bf; \ufffd\ufffd\ufffd\ufffd",
                "f0 90 80 80; \ud800\udc00",
                "f4 8f bf bf; \udbff\udfff",
                "f4 90 80 80; \ufffd\ufffd\ufffd\ufffd",
                "f5 80; \ufffd\ufffd",
                "e2 82; \ufffd",
                "e2 82 | 61; \ufffda",
                "f0 9f 98; \ufffd",
            })
    void whatIsNoUtf8IsReplacedAndControlCharactersAreEscaped(String hex, String json) {
        var string = new JsonString();
        var out = new Bytes(8);
        for (String piece : hex.split("\\|", -1)) {
            byte[] bytes = HexFormat.of().parseHex(piece.replace(" ", ""));
            string.put(bytes, 0, bytes.length, out);
        }
        string.end(out);
        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }
}
