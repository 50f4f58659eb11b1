package dev.dyno.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where a text tells the user to type a command, it says the word the user calls dyno by. */
class CommandWordTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("dyno.root", "."), "src/main/java/dev/dyno");

    /** A command's description has no user's words in it and is changed where it is printed. */
    private static final Pattern SPEC =
            Pattern.compile("public CommandSpec spec\\(\\) \\{.*?\\n    }\\n", Pattern.DOTALL);

    @Test
    void theWordIsWrittenOutNowhereButInDescriptionsOfCommands() throws IOException {
        String names = commands().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Pattern written = Pattern.compile("\"[^\"\\n]*\\bdyno (?:" + names + ")(?![\\w-])[^\\n]*");
        var found = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = SPEC.matcher(Files.readString(file)).replaceAll("");
                var matcher = written.matcher(text.replaceAll("(?m)^\\s*(\\*|//|/\\*\\*).*$", ""));
                while (matcher.find()) {
                    found.add(file.getFileName() + ": " + matcher.group());
                }
            }
        }
        assertThat(found).as("say CalledAs.NAME instead").isEmpty();
    }

    /** As they stand in the source of Commands, which is cli's own. */
    private static List<String> commands() throws IOException {
        String source = Files.readString(SOURCES.resolve("cli/Commands.java"));
        var name = Pattern.compile("\"([a-z:]+)\"").matcher(source);
        var names = new ArrayList<String>();
        while (name.find()) {
            names.add(name.group(1));
        }
        assertThat(names).contains("run", "ps:scale", "rollback");
        return names;
    }
}
