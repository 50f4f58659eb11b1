package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no recording is said to be none, whatever it is. */
class CastReaderTest {
    private static final String HEADER = "{\"version\": 2, \"width\": 80, \"height\": 24}\n";

    @TempDir Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "no json\n",
                "[]\n",
                "{}\n",
                "{\"version\": 1, \"width\": 80, \"height\": 24}\n",
                "{\"version\": 2, \"width\": 80}\n",
                "{\"version\": 2, \"width\": 0, \"height\": 24}\n",
                "{\"version\": 2, \"width\": 1e300, \"height\": 24}\n",
                "{\"version\": 2, \"width\": 80, \"height\": 24}",
                "{\"version\": 3, \"width\": 80, \"height\": 24}\n",
            })
    void aFileWithoutAHeaderIsNone(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("cast"), text);
        assertThatThrownBy(() -> CastReader.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is damaged: line 1 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "[]",
                "[1.0, \"o\"]",
                "[\"1.0\", \"o\", \"x\"]",
                "[-1, \"o\", \"x\"]",
                "[1e999, \"o\", \"x\"]",
                "[NaN, \"o\", \"x\"]",
                "[1.0, \"\", \"x\"]",
                "[1.0, \"o\", \"\\x\"]",
                "[1.0, \"o\", \"\\u12\"]",
                "[1.0, \"o\", \"x\"",
                "[1.0, \"o\", \"x\"] more",
                "[1.0, \"r\", \"80\"]",
                "[1.0, \"r\", \"0x24\"]",
                "[1.0, \"r\", \"999999999x24\"]",
            })
    void aDamagedLineIsNamed(String line) throws Exception {
        Path file = Files.writeString(directory.resolve("cast"), HEADER + line + "\n");
        try (CastReader reader = CastReader.open(file)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void aLineThatIsDeepOrLongDoesNoHarm() throws Exception {
        Path deep =
                Files.writeString(directory.resolve("deep"), HEADER + "[".repeat(100_000) + "\n");
        Path wide = directory.resolve("wide");
        Files.writeString(wide, HEADER + "[1.0, \"o\", \"" + "x".repeat(17 << 20) + "\"]\n");
        for (Path file : new Path[] {deep, wide}) {
            try (CastReader reader = CastReader.open(file)) {
                assertThatThrownBy(reader::next).isInstanceOf(UserError.class);
            }
        }
    }

    @Test
    void whatIsUnknownIsSkipped() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("cast"),
                        "{\"version\": 2, \"width\": 80, \"height\": 24, \"theme\": {\"fg\": [1, true, null]}}\n"
                                + "\n[ 1 , \"z\" , \"\\u0041\\/\" , {} ]\n");
        try (CastReader reader = CastReader.open(file)) {
            assertThat(reader.next()).isEqualTo(new Event(1_000_000, 'z', "A/"));
            assertThat(reader.next()).isNull();
        }
    }
}
