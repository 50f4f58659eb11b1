package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppJsonTest {
    private static Reading<AppJson> parse(String text) {
        return AppJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allThatDynoUsesIsUnderstood() {
        AppJson json =
                parse(
                                """
                                {"env": {"A": "1", "N": 5, "B": true, "NONE": null,
                                         "V": {"value": ""}, "S": {"generator": "secret"},
                                         "R": {}, "O": {"required": false}},
                                 "formation": {"web": {"quantity": 2, "size": "basic"}, "worker": {}},
                                 "scripts": {"postdeploy": {"command": "bin/seed"}},
                                 "addons": ["heroku-postgresql"]}
                                """)
                        .orThrow();

        assertThat(json.env().values()).isEqualTo(Map.of("A", "1", "N", "5", "B", "true", "V", ""));
        assertThat(json.secrets()).isEqualTo(List.of("S"));
        assertThat(json.required()).isEqualTo(List.of("R"));
        assertThat(json.formation())
                .isEqualTo(
                        Map.of(
                                "web", new AppJson.Dynos(2, "basic"),
                                "worker", new AppJson.Dynos(1, "")));
        assertThat(json.postdeploy()).isEqualTo("bin/seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|app.json: it is no object",
                "{\"env\": []}|app.json: env is no object",
                "{\"env\": {\"A\": []}}|app.json: env.A is no object",
                "{\"env\": {\"A\": {\"value\": {}}}}|app.json: env.A.value is no text",
                "{\"env\": {\"A B\": \"\"}}|app.json: env.A B is no name of a config var",
                "{\"env\": {\"A\": {\"generator\": \"x\"}}}"
                        + "|app.json: env.A.generator is not \"secret\"",
                "{\"formation\": {\"we b\": {}}}|app.json: formation.we b is no process type",
                "{\"formation\": {\"web\": 2}}|app.json: formation.web is no object",
                "{\"formation\": {\"web\": {\"quantity\": -1}}}"
                        + "|app.json: formation.web.quantity is not 0 to 100",
                "{\"formation\": {\"web\": {\"quantity\": \"x\"}}}"
                        + "|app.json: formation.web.quantity is not 0 to 100",
                "{\"env\": {\"A\": \"a\\u0000\"}}|app.json: env.A cannot be a value",
                "{\"env\": {\"A\": {\"value\": \"\\ud800\"}}}|app.json: env.A cannot be a value",
                "{\"env\": {\"A\": {\"generator\": []}}}"
                        + "|app.json: env.A.generator is not \"secret\"",
                "{\"formation\": {\"web\": {\"quantity\": 101}}}"
                        + "|app.json: formation.web.quantity is not 0 to 100",
                "{\"formation\": {\"web\": {\"quantity\": []}}}"
                        + "|app.json: formation.web.quantity is not 0 to 100",
                "{\"formation\": {\"web\": {\"quantity\": null}}}"
                        + "|app.json: formation.web.quantity is not 0 to 100",
                "{\"scripts\": 1}|app.json: scripts is no object",
                "{|app.json:1: not valid JSON",
            })
    void whatIsNotAsItShouldBeIsNamed(String text, String error) {
        assertThat(parse(text).errors())
                .singleElement()
                .satisfies(found -> assertThat(found.describe()).isEqualTo(error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|{} [] [] {} ",
                "{\"env\": null, \"formation\": null, \"scripts\": null}|{} [] [] {} ",
                "{\"env\": {\"A\": {\"value\": null, \"generator\": \"secret\"}}}|{} [A] [] {} ",
                "{\"env\": {\"A\": {\"value\": null, \"generator\": null}}}|{} [] [A] {} ",
                "{\"env\": {\"A\": {\"value\": 1, \"generator\": \"secret\"}}}|{A=1} [] [] {} ",
                "{\"env\": {\"A\": {\"required\": true}}}|{} [] [A] {} ",
                "{\"env\": {\"A\": {\"required\": []}}}|{} [] [A] {} ",
                "{\"scripts\": {\"postdeploy\": \"seed\"}}|{} [] [] {} seed",
                "{\"scripts\": {\"postdeploy\": [\"seed\"]}}|{} [] [] {} ",
                "{\"scripts\": {\"postdeploy\": {}}}|{} [] [] {} ",
                "{\"formation\": {\"web\": {\"quantity\": 100, \"size\": []}}}"
                        + "|{} [] [] {web=Dynos[quantity=100, size=]} ",
                "{\"formation\": {\"web\": {\"quantity\": 0}}}"
                        + "|{} [] [] {web=Dynos[quantity=0, size=]} ",
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void whatIsNotThereCountsAsNothing(String text, String understood) {
        AppJson json = parse(text).orThrow();
        assertThat(
                        json.env().values()
                                + " "
                                + json.secrets()
                                + " "
                                + json.required()
                                + " "
                                + json.formation()
                                + " "
                                + json.postdeploy())
                .isEqualTo(understood);
    }

    @Test
    void whatCannotBeReadIsNoAppJson() {
        assertThat(AppJson.parse(new byte[] {(byte) 0xe9}).errors())
                .hasToString("[app.json: not valid UTF-8]");
    }
}
