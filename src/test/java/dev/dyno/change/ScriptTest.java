package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of lines that could be told in several ways those are shown as changed that git shows. */
class ScriptTest {
    /** Of texts in which one letter, or one word, stands for a line. */
    record Row(List<String> old, List<String> fresh, String git, String between) {
        @Override
        public String toString() {
            return git;
        }
    }

    static Stream<Row> letters() throws IOException {
        return rows("letters.txt", "");
    }

    static Stream<Row> indents() throws IOException {
        return rows("indents.txt", " ");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void marksTheLinesThatGitMarks(Row row) {
        assertThat(shown(row, letter -> letter + "\n")).isEqualTo(row.git);
    }

    @ParameterizedTest
    @MethodSource("indents")
    void beginsAndEndsAChangeWhereGitFindsItEasiestToRead(Row row) {
        assertThat(shown(row, ScriptTest::line)).isEqualTo(row.git);
    }

    /**
     * Texts by chance of which a part was put elsewhere, or of long parts that changed and others
     * that did not: too long for the shortest way. What git makes of them is told by the checksum
     * of its hunks.
     */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    3, 500, 0, 500, c536d473d74a3402
                    40, 2000, 0, 2000, c577aa70dba2470f
                    3000, 3000, 0, 3000, 5867e4227382816f
                    4, 30, 200, 2000, 5d42f0e5ced31c88
                    60, 400, 700, 4400, 5a243811c327f4f8
                    3000, 500, 900, 4000, 7eb490a49e2bc731
                    9, 700, 60, 3000, 8fcc4963260cbe1f
                    100000, 900, 300, 3600, dd9b7c0bc7b81434
                    20000, 350, 1500, 6000, 6b79a87fa80741ae
                    7, 150, 25, 2500, 7717fe7a7a83f74e
                    500, 2500, 1500, 5500, 8d5165e95b09a563
                    """)
    void takesTheWayThroughALongTextThatGitTakes(
            int kinds, int changed, int same, int lines, String checksum) throws Exception {
        List<String> old = old(kinds, lines);
        List<String> fresh = fresh(old, changed, same);
        assertThat(checksum(hunks(old, fresh))).isEqualTo(checksum);
    }

    static List<String> old(int kinds, int lines) {
        var chance = new Random(kinds);
        var text = new ArrayList<String>();
        for (int i = 0; i < lines; i++) {
            text.add(" ".repeat(chance.nextInt(4)) + chance.nextInt(kinds) + "\n");
        }
        return text;
    }

    /** Of each so many lines, shuffled, the next so many stay. */
    static List<String> fresh(List<String> old, int changed, int same) {
        var chance = new Random(changed);
        var fresh = new ArrayList<>(old);
        for (int i = 0; i < old.size(); i += changed + same) {
            List<String> part = fresh.subList(i, Math.min(i + changed, old.size()));
            Collections.shuffle(part, chance);
        }
        return fresh;
    }

    private static byte[] hunks(List<String> old, List<String> fresh) throws IOException {
        var out = new ByteArrayOutputStream();
        new Hunks(new Script(lines(old), lines(fresh)), out).write();
        return out.toByteArray();
    }

    static String checksum(byte[] hunks) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-1").digest(hunks);
        return HexFormat.of().formatHex(sum).substring(0, 16);
    }

    private static Lines lines(List<String> lines) {
        return new Lines(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }

    private interface Written {
        String as(String word);
    }

    /** {@code a[-b-]c{+d+}}. */
    private static String shown(Row row, Written written) {
        Lines old = lines(row.old.stream().map(written::as).toList());
        Lines fresh = lines(row.fresh.stream().map(written::as).toList());
        var script = new Script(old, fresh);
        var parts = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < old.count() || j < fresh.count()) {
            int start = i;
            int freshStart = j;
            while (i < old.count() && script.isDeleted(i)) {
                i++;
            }
            while (j < fresh.count() && script.isInserted(j)) {
                j++;
            }
            if (i == start && j == freshStart) {
                assertThat(row.old.get(i)).isEqualTo(row.fresh.get(j++));
                parts.add(row.old.get(i++));
            }
            if (start < i && script.isDeleted(start)) {
                parts.add("[-" + String.join(row.between, row.old.subList(start, i)) + "-]");
            }
            if (freshStart < j && script.isInserted(freshStart)) {
                parts.add("{+" + String.join(row.between, row.fresh.subList(freshStart, j)) + "+}");
            }
        }
        return String.join(row.between, parts);
    }

    private static String line(String word) {
        int letter = 0;
        while (letter < word.length() && Character.isDigit(word.charAt(letter))) {
            letter++;
        }
        int blanks = letter == 0 ? 0 : Integer.parseInt(word.substring(0, letter));
        return " ".repeat(blanks)
                + (word.equals(".") ? "" : word.substring(letter).replace('>', '\t'))
                + "\n";
    }

    private static Stream<Row> rows(String name, String between) throws IOException {
        try (InputStream in = ScriptTest.class.getResourceAsStream("/change/" + name)) {
            byte[] all = Objects.requireNonNull(in).readAllBytes();
            return new String(all, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ?\\| ?", -1))
                    .map(row ->
                            new Row(
                                    words(row[0], between),
                                    words(row[1], between),
                                    row[2],
                                    between));
        }
    }

    private static List<String> words(String text, String between) {
        var words = new ArrayList<String>();
        for (String word : text.isEmpty() ? new String[0] : text.split(between)) {
            int star = word.indexOf('*');
            words.addAll(
                    star < 0
                            ? List.of(word)
                            : Collections.nCopies(
                                    Integer.parseInt(word.substring(star + 1)),
                                    word.substring(0, star)));
        }
        return words;
    }
}
