package dev.dyno.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dyno.log.LogLine;
import dev.dyno.output.Output.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JsonTest {
    @TempDir private Path directory;

    @Test
    void aLineIsAnObject() throws Exception {
        try (var stage = new Stage(directory, Format.JSON)) {
            Stage.Writer web = stage.dyno("web.1");
            web.write("say \"hi\" \\ \t.\n");
            web.end();
            Stage.Writer errors = stage.dyno("web.1", Stream.STDERR);
            errors.write("é\u0007\u0085\u2028\n");
            errors.end();
            stage.output.event(LogLine.heroku(Stage.NOW, "web.1", "State \"up\""));
            assertThat(stage.end().stdout())
                    .isEqualTo(
                            """
                            {"time":"2026-11-23T07:29:55.123456Z","source":"app","dyno":"web.1",\
                            "stream":"stdout","message":"say \\"hi\\" \\\\ \\t."}
                            {"time":"2026-11-23T07:29:55.123456Z","source":"app","dyno":"web.1",\
                            "stream":"stderr","message":"é\\u0007\\u0085\\u2028"}
                            {"time":"2026-11-23T07:29:55.123456Z","source":"heroku",\
                            "dyno":"web.1","message":"State \\"up\\""}
                            """);
        }
    }

    @Test
    void jsonIsWhatGsonReads() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            try (var stage = new Stage(directory, Format.JSON)) {
                byte[] text = anyLine(random);
                Stage.Writer dyno = stage.dyno("web." + round);
                dyno.write(text);
                dyno.write("\n");
                String line = stage.end().stdout();
                JsonObject read = JsonParser.parseString(line).getAsJsonObject();
                assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
                assertThat(read.get("message").getAsString())
                        .isEqualTo(new String(text, StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] anyLine(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\n", "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
