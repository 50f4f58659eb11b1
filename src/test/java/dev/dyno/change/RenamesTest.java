package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was renamed, as git diff -M tells it of these files. */
class RenamesTest {
    @TempDir Path directory = Path.of("");

    @Test
    void findsWhatKeptItsContent() throws IOException {
        assertThat(
                        found(
                                """
                                old/a.rb | a b c | -
                                new/b.rb | - | a b c
                                kept.rb | a b | a c
                                """))
                .isEqualTo(
                        """
                        M kept.rb
                        R100 old/a.rb new/b.rb
                        """);
    }

    @Test
    void ofSeveralWithTheSameContentTakesTheOneOfTheSameName() throws IOException {
        assertThat(
                        found(
                                """
                                x/a.rb | a b | -
                                y/b.rb | a b | -
                                z/b.rb | - | a b
                                z/c.rb | - | a b
                                """))
                .isEqualTo(
                        """
                        R100 y/b.rb z/b.rb
                        R100 x/a.rb z/c.rb
                        """);
    }

    @Test
    void ofSeveralWithTheSameContentElseTakesTheFirst() throws IOException {
        assertThat(
                        found(
                                """
                                x/a.rb | a b | -
                                y/b.rb | a b | -
                                z/c.rb | - | a b
                                """))
                .isEqualTo(
                        """
                        D y/b.rb
                        R100 x/a.rb z/c.rb
                        """);
    }

    @Test
    void takesNoLinkForAFile() throws IOException {
        assertThat(
                        found(
                                """
                                a | ->there | -
                                b | - | ->there
                                c | ->other | -
                                d | - | other
                                """))
                .isEqualTo(
                        """
                        R100 a b
                        D c
                        A d
                        """);
    }

    @Test
    void takesNoLinkForOneThatIsOnlySimilar() throws IOException {
        assertThat(
                        found(
                                """
                                a | ->there/are/many/things | -
                                b | - | ->there/are/many/thing
                                """))
                .isEqualTo(
                        """
                        D a
                        A b
                        """);
    }

    @Test
    void isContentWithOneHalf() throws IOException {
        assertThat(
                        found(
                                """
                                a | a b c d | -
                                b | - | a b e f
                                """))
                .isEqualTo(
                        """
                        R050 a b
                        """);
    }

    @Test
    void isNotContentWithLess() throws IOException {
        assertThat(
                        found(
                                """
                                a | a b c d d | -
                                b | - | a b e f g
                                """))
                .isEqualTo(
                        """
                        D a
                        A b
                        """);
    }

    @Test
    void prefersTheSameNameWhereThreeQuartersAreTheSame() throws IOException {
        assertThat(
                        found(
                                """
                                x/a.rb | a b c d | -
                                y/other | a b c d d | -
                                z/a.rb | - | a b c e
                                z/b | - | a b c d f
                                """))
                .isEqualTo(
                        """
                        R075 x/a.rb z/a.rb
                        R080 y/other z/b
                        """);
    }

    @Test
    void doesNotPreferTheSameNameWhereLessIsTheSame() throws IOException {
        assertThat(
                        found(
                                """
                                x/a.rb | a b c d | -
                                x/b.rb | a b e d | -
                                z/a.rb | - | a b e f
                                z/b.rb | - | a b c g
                                """))
                .isEqualTo(
                        """
                        R075 x/b.rb z/a.rb
                        R075 x/a.rb z/b.rb
                        """);
    }

    @Test
    void doesNotPreferANameThatSeveralHave() throws IOException {
        assertThat(
                        found(
                                """
                                x/a.rb | a b c d e f | -
                                y/a.rb | a b c d e g | -
                                z/a.rb | - | a b c d e g h
                                w/a.rb | - | a b c d e f h
                                """))
                .isEqualTo(
                        """
                        R085 x/a.rb w/a.rb
                        R085 y/a.rb z/a.rb
                        """);
    }

    @Test
    void takesTheMostSimilarFirst() throws IOException {
        assertThat(
                        found(
                                """
                                a | 1 2 3 4 5 6 7 8 | -
                                b | 1 2 3 4 5 6 7 9 | -
                                c | 1 2 3 4 5 6 9 9 | -
                                d | 1 2 3 4 5 9 9 9 | -
                                e | 1 2 3 4 0 0 9 9 | -
                                x | - | 1 2 3 4 5 6 7 8 4
                                y | - | 1 2 3 4 5 6 7 9 3
                                z | - | 1 2 3 4 5 9 9 9 1
                                """))
                .isEqualTo(
                        """
                        D c
                        D e
                        R088 a x
                        R088 b y
                        R088 d z
                        """);
    }

    @Test
    void takesTheSameNameWhereTwoAreJustAsSimilar() throws IOException {
        assertThat(
                        found(
                                """
                                p/a.rb | 1 2 3 | -
                                q/b.rb | 1 2 3 | -
                                q/c.rb | 1 2 3 | -
                                r/b.rb | - | 1 2 4
                                s/b.rb | - | 5
                                """))
                .isEqualTo(
                        """
                        D p/a.rb
                        D q/c.rb
                        R066 q/b.rb r/b.rb
                        A s/b.rb
                        """);
    }

    @Test
    void triesFourOldFilesForEachNewOne() throws IOException {
        assertThat(
                        found(
                                """
                                o11 | 0 1 2 3 4 5 6 7 8 9 10 q0 | -
                                o6 | 0 1 2 3 4 5 q0 q1 q2 q3 q4 q5 | -
                                o7 | 0 1 2 3 4 5 6 q0 q1 q2 q3 q4 | -
                                o8 | 0 1 2 3 4 5 6 7 q0 q1 q2 q3 | -
                                o9 | 0 1 2 3 4 5 6 7 8 q0 q1 q2 | -
                                o10 | 0 1 2 3 4 5 6 7 8 9 q0 q1 | -
                                n0 | - | 0 1 2 3 4 5 6 7 8 9 10 r0
                                n1 | - | 0 1 2 3 4 5 6 7 8 9 10 r1
                                n2 | - | 0 1 2 3 4 5 6 7 8 9 10 r2
                                n3 | - | 0 1 2 3 4 5 6 7 8 9 10 r3
                                n4 | - | 0 1 2 3 4 5 6 7 8 9 10 r4
                                n5 | - | 0 1 2 3 4 5 6 7 8 9 10 r5
                                """))
                .isEqualTo(
                        """
                        R088 o11 n0
                        R076 o10 n1
                        R066 o9 n2
                        R057 o8 n3
                        A n4
                        A n5
                        D o6
                        D o7
                        """);
    }

    @Test
    void takesAnEmptyFileForAnotherEmptyOne() throws IOException {
        assertThat(
                        found(
                                """
                                a | | -
                                b | - |\s
                                """))
                .isEqualTo(
                        """
                        R100 a b
                        """);
    }

    @Test
    void takesNoEmptyFileForOneThatWasNot() throws IOException {
        assertThat(
                        found(
                                """
                                a | a | -
                                b | - |\s
                                """))
                .isEqualTo(
                        """
                        D a
                        A b
                        """);
    }

    @Test
    void takesNoFileForOneMoreThanTwiceAsLong() throws IOException {
        assertThat(
                        found(
                                """
                                a | x*10 | -
                                b | - | x*21
                                """))
                .isEqualTo(
                        """
                        D a
                        A b
                        """);
    }

    @Test
    void takesAFileForOneTwiceAsLong() throws IOException {
        assertThat(
                        found(
                                """
                                a | x*10 | -
                                b | - | x*20
                                """))
                .isEqualTo(
                        """
                        R050 a b
                        """);
    }

    @Test
    void countsALongLineIn64Bytes() throws IOException {
        assertThat(
                        found(
                                """
                                a | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy q | -
                                b | - | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz q
                                """))
                .isEqualTo(
                        """
                        R064 a b
                        """);
    }

    @Test
    void countsPiecesOf64BytesFromALinesBeginning() throws IOException {
        assertThat(
                        found(
                                """
                                a | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy q | -
                                b | - | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz q
                                """))
                .isEqualTo(
                        """
                        D a
                        A b
                        """);
    }

    @Test
    void countsLinesWhereverTheyAre() throws IOException {
        assertThat(
                        found(
                                """
                                a | abc def ghi jkl mno | -
                                b | - | mno jkl ghi def abc
                                """))
                .isEqualTo(
                        """
                        R100 a b
                        """);
    }

    @Test
    void countsEachLineAsOftenAsBothHaveIt() throws IOException {
        assertThat(
                        found(
                                """
                                a | x*7 y*2 z*3 | -
                                b | - | x*4 y*4 z*4
                                """))
                .isEqualTo(
                        """
                        R075 a b
                        """);
    }

    @Test
    void takesWindowsLineEndsForOthersInText() throws IOException {
        assertThat(
                        found(
                                """
                                a | a% b% c% d% | -
                                b | - | a b c e
                                """))
                .isEqualTo(
                        """
                        R050 a b
                        """);
    }

    @Test
    void takesNoCarriageReturnInALineForALineEnd() throws IOException {
        assertThat(
                        found(
                                """
                                a | a%b a%%%% c | -
                                b | - | a%b a%%% c
                                """))
                .isEqualTo(
                        """
                        R050 a b
                        """);
    }

    @Test
    void takesOneLineForAnotherOfTheSameNumberAsGitDoes() throws IOException {
        assertThat(
                        found(
                                """
                                a | fhhxn kknxgfddo rjdlxszjcpymut yutkvnyaycrqmkqfoqbl tkxcaxbrvqegvbfwxhlgqujhqyzu | -
                                b | - | bdhcj mqciykrrl sdtszmoxusudmq gpxhivzjezcnkjyztqab bvsuvuileqeziqruzdhpdjxkuqib
                                """))
                .isEqualTo(
                        """
                        R100 a b
                        """);
    }

    @Test
    void takesBytesForWhatTheyAre() throws IOException {
        assertThat(
                        found(
                                """
                                a | ÿþýüûúù ab cd ef | -
                                b | - | ÿþýüûúù ab cd gh
                                """))
                .isEqualTo(
                        """
                        R082 a b
                        """);
    }

    private String found(String table) throws IOException {
        return TwoTrees.changes(directory, table).all().stream()
                .map(RenamesTest::line)
                .collect(Collectors.joining());
    }

    private static String line(Change change) {
        String before =
                change.oldPath()
                        .map(old ->
                                "R%03d %s"
                                        .formatted(change.similarity().orElseThrow(), old.shown()))
                        .orElseGet(() -> String.valueOf(change.kind().letter()));
        return before + " " + change.path().shown() + "\n";
    }
}
