package dev.dyno.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
}
