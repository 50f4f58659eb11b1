package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code --json}: each command that has it is described. */
class JsonOptionTest {
    @Test
    void whatEveryCommandPrintsAsJsonIsInTheSchemaAndInItsPage() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("dyno.root", "."), "docs/json.md"));
        var printing = new ArrayList<String>();
        for (String name : Commands.NAMES) {
            if (Objects.requireNonNull(Commands.named(name)).spec().findOption("--json") != null) {
                printing.add(name);
                assertThat(page).contains("\n| `" + name + "` |");
            }
        }
        printing.add("local");
        assertThat(page).contains("\n| `local --format=json` |");
        assertThat(Schema.read().commands()).containsExactlyInAnyOrderElementsOf(printing);
    }
}
