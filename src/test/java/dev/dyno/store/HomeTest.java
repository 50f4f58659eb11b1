package dev.dyno.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir Path directory;

    @Test
    void theFormatIsWrittenDownAndANewerOneRefused() throws IOException {
        var home = new Home(directory.resolve("home"));
        Path format = home.root().resolve("format");
        assertThat(home.check()).isEmpty();
        assertThat(format).hasContent("1\n");
        assertThat(home.check()).isEmpty();
        for (String garbage : new String[] {"", "x", "1 2", "0", "9".repeat(99)}) {
            Files.writeString(format, garbage);
            assertThat(home.check()).as(garbage).hasSizeLessThanOrEqualTo(1);
            assertThat(format).hasContent("1\n");
        }
        Files.writeString(format, "2\n");
        assertThatThrownBy(home::check)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was made by a newer dyno (format 2)");
        assertThat(format).hasContent("2\n");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefusedAndNotTouched() throws IOException {
        Path others = Path.of("/etc");
        if (System.getProperty("user.name").equals("root")) {
            others = Files.createDirectory(directory.resolve("others"));
            Files.setAttribute(others, "unix:uid", 64_320);
        }
        var home = new Home(others);
        assertThatThrownBy(home::check)
                .isInstanceOf(UserError.class)
                .hasMessage("the state directory " + others + " belongs to another user");
        assertThatThrownBy(() -> home.directory(home.root())).isInstanceOf(UserError.class);
        assertThat(others.resolve("format")).doesNotExist();
    }
}
