package dev.dyno.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyBytesTest {
    /** What takes the square of its length to read would show. */
    private static final int LENGTH = AppFile.LIMIT / 4;

    private static final String[] PIECES = {
        "web", ":", "=", "A", "'", "\"", "#", "\n", "\r\n", "\r", " ", "\t", "export ", "{", "}",
        "[", "]", ",", "1e9", "null", "\u2028", "\uFEFF", "\u00A0", "\u0085", "\0", "\\u0000", "é",
        "🔥", "-", "\u001b"
    };

    @Test
    void everyFileGivesAReading() {
        var random = new Random(1836);
        for (int i = 0; i < 50_000; i++) {
            byte[] content = i % 5 == 0 ? noise(random) : text(random);
            understandOrFind(content);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\n",
                "\r",
                "#",
                "\r#",
                "\r #\r",
                "a\n",
                "a=\"\"\n",
                "a='\n",
                " ",
                "A=#",
                "A=a#\n",
                "\"",
                "=",
                "=\n",
                "a:",
                "a:a\n",
                "{",
                "[",
                "A=\r#\r",
                "\u2028",
                "{\"a\":",
                "A='b\n'c\n",
                "A=\r\r\r#a"
            })
    void aLongFileOfAnythingIsReadInAMoment(String piece) {
        byte[] once = piece.getBytes(UTF_8);
        byte[] content = piece.repeat(LENGTH / once.length).getBytes(UTF_8);

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> understandOrFind(content));
        byte[] value = ("A=" + piece.repeat(LENGTH / once.length)).getBytes(UTF_8);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> understandOrFind(value));
    }

    private static void understandOrFind(byte[] content) {
        Reading<Procfile> procfile = Procfile.parse("Procfile", content);
        assertThat(procfile.errors().isEmpty() && procfile.value().commands().isEmpty()).isFalse();
        assertThat(procfile.errors().size()).isLessThanOrEqualTo(content.length + 1);
        assertThat(Dotenv.parse(".env", content).errors().size())
                .isLessThanOrEqualTo(content.length);
        EnvFlag.parse(new String(content, UTF_8));
    }

    private static byte[] noise(Random random) {
        byte[] content = new byte[random.nextInt(40)];
        random.nextBytes(content);
        return content;
    }

    private static byte[] text(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(30); n > 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().getBytes(UTF_8);
    }
}
