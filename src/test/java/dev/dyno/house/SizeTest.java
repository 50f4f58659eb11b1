package dev.dyno.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeTest {
    private static final int LONGEST = 300;
    private static final int MEDIAN = 80;

    @Test
    void filesStaySmall() throws IOException {
        Path sources = Path.of(System.getProperty("dyno.root", "."), "src/main/java");
        List<Path> files;
        try (var tree = Files.walk(sources)) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
        var lengths = new ArrayList<Integer>();
        for (Path file : files) {
            int lines = Files.readAllLines(file).size();
            assertThat(lines).as(file.toString()).isLessThanOrEqualTo(LONGEST);
            lengths.add(lines);
        }
        Collections.sort(lengths);
        assertThat(lengths.get(lengths.size() / 2)).as("median").isLessThanOrEqualTo(MEDIAN);
    }
}
