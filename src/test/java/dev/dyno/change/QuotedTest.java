package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names as git writes them; chars are bytes. */
class QuotedTest {
    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("plain-_.~x", "a/plain-_.~x"),
                Arguments.of("sp ace", "a/sp ace"),
                Arguments.of("a\u0007b\bc\td\u000be\ff\rg", "\"a/a\\ab\\bc\\td\\ve\\ff\\rg\""),
                Arguments.of("q\"uote", "\"a/q\\\"uote\""),
                Arguments.of("back\\slash", "\"a/back\\\\slash\""),
                Arguments.of("del\u007f", "\"a/del\\177\""),
                Arguments.of("\u0001", "\"a/\\001\""),
                Arguments.of("\u001f ", "\"a/\\037 \""),
                Arguments.of("\u00c3\u00a9", "\"a/\\303\\251\""),
                Arguments.of("\u00ff\u0080", "\"a/\\377\\200\""),
                Arguments.of("new\nline", "\"a/new\\nline\""),
                Arguments.of("a\u000eb\u0006", "\"a/a\\016b\\006\""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsNoPlainAsciiIsQuoted(String name, String quoted) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Quoted.of("a/", Name.of(bytes))).isEqualTo(quoted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "lib/old/x.rb | lib/new/x.rb | lib/{old => new}/x.rb",
                "a | b | a => b",
                "a/x | b/x | {a => b}/x",
                "lib/a.rb | lib/b.rb | lib/{a.rb => b.rb}",
                "lib/x | lib/sub/x | lib/{ => sub}/x",
                "lib/sub/x | lib/x | lib/{sub => }/x",
                "x | lib/x | x => lib/x",
                "lib/x | x | lib/x => x",
                "a/b/b/c | a/b/c | a/b/{b => }/c",
                "a/b/c | a/b/b/c | a/b/{ => b}/c",
                "a/a/x | a/x | a/{a => }/x",
                "ab/x | ac/x | {ab => ac}/x",
                "lib/x | lib/xy | lib/{x => xy}",
                "a/x/y | a/z/y | a/{x => z}/y",
                "q w/a | q w/b | q w/{a => b}",
                "a/b | a/\"c | a/b => \"a/\\\"c\"",
                "b/a | c/ba | b/a => c/ba",
                "a/\u00e9 | a/b | \"a/\\303\\251\" => a/b",
                "a/b | a/\u00e9 | a/b => \"a/\\303\\251\"",
            })
    void whatOldAndNewPathHaveInCommonIsSaidOnce(String old, String fresh, String shown) {
        assertThat(Renaming.of(name(old), name(fresh))).isEqualTo(shown);
    }

    private static Name name(String path) {
        return Name.of(path.getBytes(StandardCharsets.UTF_8));
    }
}
