package dev.dyno.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.dyno.UserError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProcfileTest {
    static List<Case> cases() throws IOException {
        return Case.of("procfile.tsv", 3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsEachProcfileOfTheCasesAsExpected(Case each) {
        Reading<Procfile> reading = Procfile.parse("Procfile", each.content());

        assertThat(Case.error(reading)).isEqualTo(each.fails() ? each.expected() : "");
        assertThat(Case.warnings(reading, "line ")).isEqualTo(each.warnings());
        if (!each.fails()) {
            var expected = new LinkedHashMap<String, String>();
            for (JsonElement pair : each.json().getAsJsonArray()) {
                JsonArray both = pair.getAsJsonArray();
                expected.put(both.get(0).getAsString(), both.get(1).getAsString());
            }
            assertThat(reading.orThrow().commands()).containsExactlyEntriesOf(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    web = a,       4
                    '  web a',     6
                    &&&,           1
                    key-: a,       4
                    ': a',         1
                    n 7: a,        2
                    'web  : a',    4
                    web:,          5
                    🔥web: a,      1
                    a\u00e9🔥b: a, 2
                    """)
    void pointsAtTheCharacterThatIsWrong(String line, int column) {
        Finding found = parse("ok: a\n" + line + "\n").errors().getFirst();

        assertThat(found.line()).isEqualTo(2);
        assertThat(found.column()).isEqualTo(column);
        assertThat(found.source()).isEqualTo(line);
    }

    @Test
    void reportsEveryWrongLineAndWhatItUnderstoodOfTheOthers() {
        Reading<Procfile> reading = parse("web: a\nworker\n-x: b\nclock: c");

        assertThat(reading.errors())
                .hasToString("[Procfile:2: no \":\", Procfile:3: bad process name]");
        assertThat(reading.value().types()).containsExactly("web", "clock");
    }

    @Test
    void refusesToActOnHalfAProcfile() {
        assertThatThrownBy(parse("web: a\nworker\n")::orThrow)
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.hint()).contains("dyno check"))
                .hasMessage("Procfile:2: no \":\"");
    }

    @Test
    void namesNoLineForAFaultOfTheWholeFile() {
        byte[] latin1 = {'w', (byte) 0xE9, ':', 'a'};
        assertThat(Procfile.parse("Procfile", latin1).errors())
                .hasToString("[Procfile: not valid UTF-8]");
    }

    @Test
    void showsNoControlCharacterOfALine() {
        assertThat(parse("w\u001b[31m\tx\n").errors().getFirst().source())
                .isEqualTo("w\uFFFD[31m x");
        assertThat(Procfile.parse("a\nb\u202e", new byte[0]).errors())
                .hasToString("[a\\x0ab\\u{202e}: no processes defined]");
    }

    @Test
    void answersWithTheCommandOfAType() {
        Procfile procfile = parse("web: a b\n").orThrow();

        assertThat(procfile.command("web")).contains("a b");
        assertThat(procfile.command("Web")).isEmpty();
    }

    @Test
    void keepsADuplicateWhereItFirstStood() {
        assertThat(parse("web: a\nworker: b\nweb: c\n").value().commands())
                .hasToString("{web=c, worker=b}");
    }

    private static Reading<Procfile> parse(String text) {
        return Procfile.parse("Procfile", text.getBytes(UTF_8));
    }
}
