package dev.dyno.app;

import dev.dyno.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An .env file as heroku local reads it (heroku.md 6.4), but for the deviations that reliability.md
 * 3.2 lists.
 */
public final class Dotenv {
    private Dotenv() {}

    /** Reads the text of an .env file called {@code file}: lines, or one JSON object. */
    public static Reading<ConfigVars> parse(String file, byte[] content) {
        var findings = new Findings(file);
        String text = Utf8.decode(content, findings);
        Map<String, String> values = new LinkedHashMap<>();
        int start = WhiteSpace.skip(text, 0, text.length());
        if (start < text.length() && text.charAt(start) == '{') {
            new DotenvJson(findings, values).parse(text);
        } else {
            new DotenvLines(text, findings, values).parse();
        }
        return findings.about(new ConfigVars(values));
    }

    /** A file that is not there holds nothing, unless somebody asked for it. */
    public static Reading<ConfigVars> read(Path file, boolean required) {
        Optional<byte[]> content = AppFile.read(file);
        if (content.isEmpty() && required) {
            throw new UserError(
                    "no env file " + AppFile.name(file), "create it, or name one that exists");
        }
        return parse(file.toString(), content.orElse(new byte[0]));
    }
}
