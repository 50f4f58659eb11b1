package dev.dyno.app;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an .env file holds.
 *
 * @param json whether it is one JSON object, and not lines
 */
public record EnvFile(Reading<ConfigVars> vars, boolean json) {
    static EnvFile parse(String file, byte[] content) {
        var findings = new Findings(file);
        String text = Utf8.decode(content, findings);
        Map<String, String> values = new LinkedHashMap<>();
        int start = WhiteSpace.skip(text, 0, text.length());
        boolean json = start < text.length() && text.charAt(start) == '{';
        if (json) {
            new DotenvJson(findings, values).parse(text);
        } else {
            new DotenvLines(text, findings, values).parse();
        }
        return new EnvFile(findings.about(new ConfigVars(values)), json);
    }
}
