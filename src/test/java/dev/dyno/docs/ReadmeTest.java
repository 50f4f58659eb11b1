package dev.dyno.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
            assertThat(Masked.of(result.out()).strip())
                    .as(example.command() + "\n" + result.err())
                    .isEqualTo(Masked.of(example.output()).strip());
        }
    }

    private static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        for (Page.Block block : Page.blocks("README.md")) {
            if (block.is("console")) {
                addExamples(block, examples);
            }
        }
        return examples;
    }

    private static void addExamples(Page.Block block, List<Example> examples) {
        for (String line : block.lines()) {
            if (line.startsWith("$ ")) {
                examples.add(new Example(line.substring(2), ""));
            } else {
                Example last = examples.removeLast();
                examples.add(new Example(last.command(), last.output() + line + "\n"));
            }
        }
    }
}
