package dev.dyno.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code console} block of the README shows what really happens. */
class ReadmeTest {
    @TempDir Path state = Path.of("");

    private record Example(String command, String output) {}

    @Test
    void theExamplesPrintWhatTheReadmeSays() throws Exception {
        var shell = new Shell(state);
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThan(5);
        for (Example example : examples) {
            Shell.Result result = shell.run(example.command());
            assertThat(normal(result.out()))
                    .as(example.command() + "\n" + result.err())
                    .isEqualTo(normal(example.output()));
        }
    }

    /** Names, times and ports differ from run to run. */
    private static String normal(String text) {
        return text.replaceAll("\\b(run|release)\\.[\\dN]+", "$1.N")
                .replaceAll("(?m)^\\d{1,2}:\\d\\d:\\d\\d [AP]M", "TIME")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\+00:00", "TIME")
                .replaceAll("by user \\S+", "by user U")
                .strip();
    }

    private static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        boolean inside = false;
        String command = "";
        var output = new StringBuilder();
        for (String line : Files.readAllLines(Shell.ROOT.resolve("README.md"))) {
            boolean fence = line.startsWith("```");
            if ((fence || (inside && line.startsWith("$ "))) && !command.isEmpty()) {
                examples.add(new Example(command, output.toString()));
                command = "";
            }
            if (fence) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                command = line.substring(2);
                output.setLength(0);
            } else if (inside) {
                output.append(line).append('\n');
            }
        }
        return examples;
    }
}
