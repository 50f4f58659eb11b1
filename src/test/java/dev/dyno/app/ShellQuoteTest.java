package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected text of the first test is that of the captures of heroku 11.10.0. */
class ShellQuoteTest {
    private static final long SEED = 20261123;
    private static final String ALPHABET =
            "aZ09_-+/.%~ \t\n\r\"'\\$`!#&()*,:;<=>?@[]^{|}é漢😀\u2028\u00a0";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "bar, bar",
                "it's a \"test\", \"it's a \\\"test\\\"\"",
                "a b, 'a b'",
                "~~, ~~",
                "a\\b, 'a\\\\b'",
                "a$b, 'a$b'",
                "it's $5!, \"it's \\$5\\!\"",
                "postgres://u:p@h/db?x=1, 'postgres://u:p@h/db?x=1'",
                "a-b_c/d.e+f%~g, a-b_c/d.e+f%~g",
            })
    void quotesAsHerokuDoes(String value, String quoted) {
        assertThat(ShellQuote.quote(value)).isEqualTo(quoted);
    }

    @Test
    void aNewlineIsWrittenAsTwoCharacters() {
        assertThat(ShellQuote.quote("a\nb")).isEqualTo("\"a\\nb\"");
        assertThat(ShellQuote.unquote("\"a\\nb\"")).isEqualTo("a\nb");
    }

    private static String randomValue(Random random) {
        int length = random.nextInt(12);
        var value = new StringBuilder();
        int[] letters = ALPHABET.codePoints().toArray();
        for (int i = 0; i < length; i++) {
            value.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return value.toString();
    }

    @Test
    void whateverIsQuotedIsUnquotedToTheSame() {
        var random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            String value = randomValue(random);
            assertThat(ShellQuote.unquote(ShellQuote.quote(value)))
                    .as(ShellQuote.quote(value))
                    .isEqualTo(value);
        }
    }

    /** A quoted value of .env has no escapes: where Heroku's quoting writes one, they differ. */
    @Test
    void envReadsBackWhateverIsQuotedWithoutAnEscape() {
        var random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            String value = randomValue(random);
            String quoted = ShellQuote.quote(value);
            boolean escaped =
                    value.indexOf('\\') >= 0
                            || value.indexOf('\n') >= 0
                            || (value.indexOf('\'') >= 0 && value.matches("(?s).*[\"$`!].*"));
            if (!escaped) {
                read++;
                assertThat(env("A=" + quoted + "\nB=" + quoted + "\n"))
                        .as(quoted)
                        .isEqualTo(Map.of("A", value, "B", value));
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    /** {@code config --json > .env} holds any value, for names in capitals. */
    @Test
    void envReadsBackWhateverStandsThereAsJson() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            var values = new LinkedHashMap<String, String>();
            for (int j = 0; j < 10; j++) {
                values.put("V_" + j, randomValue(random));
            }
            assertThat(env(new Gson().toJson(values))).isEqualTo(values);
        }
    }

    private static Map<String, String> env(String text) {
        return Dotenv.parse(".env", text.getBytes(StandardCharsets.UTF_8)).orThrow().values();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"a'b c'\"d\", ab cd", "'a\\b', a\\b", "\"a\\tb\", a\\tb", "a\\ b, a b"})
    void whatIsWrittenByHandIsUnderstood(String quoted, String value) {
        assertThat(ShellQuote.unquote(quoted)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\"a", "'a", "a'b", "\"a\\\""})
    void whatIsNotOneTokenIsRefused(String quoted) {
        assertThatThrownBy(() -> ShellQuote.unquote(quoted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(quoted);
    }
}
