package dev.dyno.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A=\"s3cret",
                "A='x\ns3cret' s3cret",
                "A=\"x\" s3cret",
                "A=x#s3cret",
                "A B=s3cret",
                "A B='\ns3cret\ns3cret'",
                "A=1\ns3cret\n",
                "#A=s3cret\rB C=1\n",
                "A\r#X=s3cret\r$=1\n",
                "{\"A\": \"s3cret\", \"B C\": \"s3cret\"}",
                "{\"A\": \"s3cret}",
                "{\"A\": \"s3cret\" s3cret}",
            })
    void noFindingHoldsAValueOfAnEnvFile(String text) {
        Reading<ConfigVars> reading = Dotenv.parse(".env", text.getBytes(UTF_8));

        assertThat(told(reading)).isNotEmpty().doesNotContain("s3cret");
    }

    @Test
    void noFindingHoldsAValueOfAnyOfManyEnvFiles() {
        var random = new Random(20250901);
        String[] pieces = {
            "A=", "B C=", "'", "\"", "#", "\n", "\r", " ", "export ", "\u2028", "é="
        };
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("A=");
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            // A value, whatever was opened before: what follows the last "=" is never a name.
            text.append("\nZ=s3cret").append(pieces[2 + random.nextInt(5)]);
            Reading<ConfigVars> reading = Dotenv.parse(".env", text.toString().getBytes(UTF_8));
            assertThat(told(reading)).as("%s", text).doesNotContain("s3cret");
        }
    }

    @Test
    void configVarsPrintTheirNamesOnly() {
        assertThat(Dotenv.parse(".env", "A=s3cret\n".getBytes(UTF_8)).value())
                .hasToString("ConfigVars[A]");
    }

    private static String told(Reading<ConfigVars> reading) {
        var told = new ArrayList<Finding>(reading.errors());
        told.addAll(reading.warnings());
        var all = new StringBuilder();
        for (Finding each : told) {
            all.append(each.message()).append('|').append(each.source()).append('\n');
        }
        return all.toString();
    }
}
