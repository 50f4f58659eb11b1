package dev.dyno.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotenvTest {
    static List<Case> cases() throws IOException {
        return Case.of("dotenv.tsv", 6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsEachEnvFileOfTheCasesAsExpected(Case each) {
        Reading<ConfigVars> reading = Dotenv.parse(".env", each.content());

        assertThat(Case.error(reading)).isEqualTo(each.fails() ? each.expected() : "");
        assertThat(Case.warnings(reading, "")).isEqualTo(each.warnings());
        if (!each.fails()) {
            var expected = new HashMap<String, String>();
            for (Map.Entry<String, JsonElement> pair : each.json().getAsJsonObject().entrySet()) {
                expected.put(pair.getKey(), pair.getValue().getAsString());
            }
            assertThat(reading.orThrow().values()).isEqualTo(expected);
        }
    }

    @Test
    void cutsCommentsWhereJavaScriptSeesLines() {
        assertThat(values("#c\rA=1\rB=2")).isEqualTo(Map.of("A", "1\rB=2"));
        assertThat(values("A=b\r#c\rd=e")).isEqualTo(Map.of("A", "b\r\rd=e"));
        assertThat(values("A=b\r \r\r d")).isEqualTo(Map.of("A", "b\r\r d"));
        assertThat(values("A=b\u2028 #c=d")).isEqualTo(Map.of("A", "b"));
        assertThat(values("A=b#c\rd")).isEqualTo(Map.of("A", "b#c\rd"));
        assertThat(values("#x=y\rA=\r#c\r\"b\"")).isEqualTo(Map.of("A", "b"));
        assertThat(values("A\r#x=1\r=2")).isEqualTo(Map.of("A", "2"));
    }

    @Test
    void endsTheLinesOfAQuotedValueAsUnixDoes() {
        assertThat(values("A=\"b\r\n#c\r\n\" # d\r\nE=f\r\n"))
                .isEqualTo(Map.of("A", "b\n#c\n", "E", "f"));
    }

    @Test
    void dropsExportOnlyBeforeAName() {
        assertThat(values("export=1\nexport \t A=2\nexported=3"))
                .isEqualTo(Map.of("export", "1", "A", "2", "exported", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B", "export A B", "A'", "A`", "A\u001b", "A\u0085", "A$", "[A]"})
    void refusesANameThatCanOnlyBeASlip(String name) {
        Reading<ConfigVars> reading = Dotenv.parse(".env", ("\n" + name + "=1").getBytes(UTF_8));

        assertThat(reading.errors()).hasSize(1);
        assertThat(reading.errors().getFirst().describe())
                .startsWith(".env:2: invalid variable name '")
                .doesNotContain("\u001b", "\u0085");
    }

    @Test
    void flattensJsonAsJavaScriptPrintsIt() {
        String json =
                """
                 {"a": {"b": [1, 1.50, true, null, "x\\ny"], "c": {}}, "d": [], "e": null, "i": 100,
                  "n": [1e20, 1e21, -1.25e-7, 0.000001, 12345678901234567890, -0, 1e999]}
                """;

        assertThat(Dotenv.parse(".env", json.getBytes(UTF_8)).orThrow().values())
                .hasToString(
                        "{A_B_0=1, A_B_1=1.5, A_B_2=true, A_B_4=x\ny, I=100, N_0=100000000000000000000,"
                                + " N_1=1e+21, N_2=-1.25e-7, N_3=0.000001, N_4=12345678901234567000,"
                                + " N_5=0, N_6=Infinity}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\n\"A\":1,}",
                "{}x",
                "{'A':1}",
                "{A=1\n",
                "{\"A\":NaN}",
                "{} {}",
                "{\"A\":1}\n#c"
            })
    void refusesBrokenJsonNamingItsLine(String json) {
        Reading<ConfigVars> reading = Dotenv.parse(".env", json.getBytes(UTF_8));

        assertThat(reading.errors()).hasSize(1);
        assertThat(reading.errors().getFirst().message()).isEqualTo("not valid JSON");
        assertThat(reading.errors().getFirst().line()).isPositive();
        assertThat(reading.value().values()).isEmpty();
    }

    @Test
    void refusesJsonThatNoEnvironmentCanCarry() {
        String json = "{\"a=b\": 1, \"\": 2, \"c\": \"\\u0000\", \"d\": \"\\ud800\"}";

        assertThat(Dotenv.parse(".env", json.getBytes(UTF_8)).errors())
                .hasToString(
                        "[.env: invalid variable name 'A=B', .env: invalid variable name '',"
                                + " .env: NUL character, .env: not valid UTF-8]");
    }

    @Test
    void refusesJsonNestedTooDeepToBeMeant() {
        byte[] json = "{\"a\":".repeat(100_000).getBytes(UTF_8);
        assertThat(Dotenv.parse(".env", json).errors()).hasSize(1);
    }

    @Test
    void pointsAtTheCharacterThatIsWrongAndShowsNoMoreThanTheName() {
        List<Finding> warnings =
                Dotenv.parse(".env", "  A=b#c\nB=\"x\" y\nC".getBytes(UTF_8)).warnings();

        assertThat(warnings)
                .containsExactly(
                        new Finding(".env", 1, 6, "value cut at \"#\"", "  A="),
                        new Finding(".env", 2, 7, "text after closing quote ignored", "B="),
                        new Finding(".env", 3, 1, "no \"=\": ignored", ""));
    }

    private static Map<String, String> values(String text) {
        return Dotenv.parse(".env", text.getBytes(UTF_8)).orThrow().values();
    }
}
