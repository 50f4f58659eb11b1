package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a text has changed, as git diff shows it. */
class HunksTest {
    private static final int LONG = 77;

    @Test
    void showsThreeLinesAroundWhatChanged() throws IOException {
        String old = numbers(1, 20);
        String fresh = numbers(1, 20).replace("  9\n", "  new\n");
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -6,7 +6,7 @@
                           6
                           7
                           8
                        -  9
                        +  new
                           10
                           11
                           12
                        """);
    }

    @Test
    void joinsChangesThatSixLinesLieBetween() throws IOException {
        String old = numbers(1, 20);
        String fresh = numbers(1, 20).replace("  5\n", "").replace("  12\n", "  new\n");
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -2,14 +2,13 @@
                           2
                           3
                           4
                        -  5
                           6
                           7
                           8
                           9
                           10
                           11
                        -  12
                        +  new
                           13
                           14
                           15
                        """);
    }

    @Test
    void partsChangesThatSevenLinesLieBetween() throws IOException {
        String old = numbers(1, 20);
        String fresh = numbers(1, 20).replace("  5\n", "  5\n  more\n").replace("  13\n", "");
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -3,6 +3,7 @@
                           3
                           4
                           5
                        +  more
                           6
                           7
                           8
                        @@ -10,7 +11,6 @@
                           10
                           11
                           12
                        -  13
                           14
                           15
                           16
                        """);
    }

    @Test
    void showsFewerLinesAtTheTextsBeginningAndEnd() throws IOException {
        String old = numbers(1, 12);
        String fresh = numbers(1, 12).replace("  2\n", "").replace("  11\n", "");
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1,5 +1,4 @@
                           1
                        -  2
                           3
                           4
                           5
                        @@ -8,5 +7,4 @@
                           8
                           9
                           10
                        -  11
                           12
                        """);
    }

    @Test
    void tellsOfANewTextThatTheOldOneHadNoLine() throws IOException {
        String old = "";
        String fresh = "a\nb\n";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -0,0 +1,2 @@
                        +a
                        +b
                        """);
    }

    @Test
    void tellsOfAnEmptiedTextThatTheNewOneHasNoLine() throws IOException {
        String old = "a\nb\n";
        String fresh = "";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1,2 +0,0 @@
                        -a
                        -b
                        """);
    }

    @Test
    void leavesOutTheCountOfOneLine() throws IOException {
        String old = "a\n";
        String fresh = "b\n";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1 +1 @@
                        -a
                        +b
                        """);
    }

    @Test
    void saysWhereANewlineIsMissingAtTheEnd() throws IOException {
        String old = "a\nb";
        String fresh = "a\nc";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1,2 +1,2 @@
                         a
                        -b
                        \\ No newline at end of file
                        +c
                        \\ No newline at end of file
                        """);
    }

    @Test
    void saysThatANewlineCameAtTheEnd() throws IOException {
        String old = "a\nb";
        String fresh = "a\nb\n";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1,2 +1,2 @@
                         a
                        -b
                        \\ No newline at end of file
                        +b
                        """);
    }

    @Test
    void saysThatANewlineIsMissingBehindWhatDidNotChange() throws IOException {
        String old = "a\nb";
        String fresh = "c\nb";
        assertThat(hunks(old, fresh))
                .isEqualTo(
                        """
                        @@ -1,2 +1,2 @@
                        -a
                        +c
                         b
                        \\ No newline at end of file
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "def a, def a",
        "A i, A i",
        "Z j, Z j",
        "a k, a k",
        "z l, z l",
        "_b, _b",
        "$c, $c",
        "1d, first",
        "@e, first",
        "[f, first",
        "`g, first",
        "{h, first",
        "-m, first",
        "'  indented', first",
        "'trimmed  \t', trimmed",
    })
    void namesTheLastLineAboveThatBeginsWithALetter(String line, String title) throws IOException {
        String old = "first\n" + line + "\n" + numbers(1, 8);
        assertThat(hunks(old, old.replace("  6\n", "")).lines().findFirst())
                .contains("@@ -5,6 +5,5 @@ " + title);
    }

    @Test
    void cutsALongTitleBehind80BytesAndTakesBlanksFromItsEnd() throws IOException {
        String line = "ab" + "x".repeat(LONG) + "yz\n";
        String rest = numbers(1, 8);
        assertThat(hunks(line + rest, line + rest.replace("  6\n", "")))
                .startsWith("@@ -4,6 +4,5 @@ ab" + "x".repeat(LONG) + "y\n");
        String blank = "ab" + "x".repeat(LONG - 1) + "  z\n";
        assertThat(hunks(blank + rest, blank + rest.replace("  6\n", "")))
                .startsWith("@@ -4,6 +4,5 @@ ab" + "x".repeat(LONG - 1) + "\n");
    }

    @Test
    void repeatsATitleUntilAnotherComes() throws IOException {
        String old = "alpha\n" + numbers(1, 20) + "beta\n" + numbers(21, 40);
        String fresh = old.replaceAll(" [123]?8\n", "\n");
        assertThat(hunks(old, fresh).lines().filter(line -> line.startsWith("@@")))
                .containsExactly(
                        "@@ -6,7 +6,7 @@ alpha",
                        "@@ -16,7 +16,7 @@ alpha",
                        "@@ -27,7 +27,7 @@ beta",
                        "@@ -37,6 +37,6 @@ beta");
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "  " + i + "\n")
                .collect(Collectors.joining());
    }

    private static String hunks(String old, String fresh) throws IOException {
        var out = new ByteArrayOutputStream();
        new Hunks(new Script(lines(old), lines(fresh)), out).write();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Lines lines(String text) {
        return new Lines(text.getBytes(StandardCharsets.UTF_8));
    }
}
