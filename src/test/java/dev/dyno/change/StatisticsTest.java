package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many lines have changed, as git diff --stat draws it of these files. */
class StatisticsTest {
    @TempDir Path directory = Path.of("");

    @Test
    void drawsEachFileWithItsInsertionsAndDeletions() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                lib/a.rb | a b c | a c d e
                                web.rb | a | a b
                                """))
                .isEqualTo(
                        """
                         lib/a.rb | 3 ++-
                         web.rb   | 1 +
                         2 files changed, 3 insertions(+), 1 deletion(-)
                        """);
    }

    @Test
    void saysWhatThereIsNoneOfOnlyWhereThereIsNothing() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a | a | a b
                                """))
                .isEqualTo(
                        """
                         a | 1 +
                         1 file changed, 1 insertion(+)
                        """);
    }

    @Test
    void saysOneDeletion() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a | a b | a
                                """))
                .isEqualTo(
                        """
                         a | 1 -
                         1 file changed, 1 deletion(-)
                        """);
    }

    @Test
    void tellsOfAnEmptyFile() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a | - |\s
                                """))
                .isEqualTo(
                        """
                         a | 0
                         1 file changed, 0 insertions(+), 0 deletions(-)
                        """);
    }

    @Test
    void tellsOfBinaryFilesTheirSizes() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                app.bin | bytes:10 | bytes:200
                                b.bin | - | bytes:7
                                c | a | b
                                d.bin | bytes:12345 | -
                                """))
                .isEqualTo(
                        """
                         app.bin | Bin 10 -> 200 bytes
                         b.bin   | Bin 0 -> 7 bytes
                         c       |   2 +-
                         d.bin   | Bin 12345 -> 0 bytes
                         4 files changed, 1 insertion(+), 1 deletion(-)
                        """);
    }

    @Test
    void tellsNoSizesOfABinaryFileThatWasOnlyRenamed() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                app.bin | bytes:10 | -
                                new.bin | - | bytes:10
                                """))
                .isEqualTo(
                        """
                         app.bin => new.bin | Bin
                         1 file changed, 0 insertions(+), 0 deletions(-)
                        """);
    }

    @Test
    void scalesWhatIsLargerThanTheWindow() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a | a*3 | b*900
                                lib/b.rb | c*100 | d*20
                                c | - | z
                                d | y*40 | -
                                e | p q | p r
                                f | m*500 n*20 | m*100 n*420
                                """))
                .isEqualTo(
                        """
                         a        | 903 ++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++-
                         c        |   1 +
                         d        |  40 ---
                         e        |   2 +-
                         f        | 800 +++++++++++++++++++++++++++----------------------------
                         lib/b.rb | 120 ++-------
                         6 files changed, 1322 insertions(+), 544 deletions(-)
                        """);
    }

    @Test
    void scalesToASmallWindow() throws IOException {
        assertThat(
                        drawn(
                                40,
                                """
                                a | a*3 | b*900
                                lib/b.rb | c*100 | d*20
                                c | - | z
                                d | y*40 | -
                                e | p q | p r
                                f | m*500 n*20 | m*100 n*420
                                """))
                .isEqualTo(
                        """
                         a        | 903 ++++++++++++++++++++++-
                         c        |   1 +
                         d        |  40 -
                         e        |   2 +-
                         f        | 800 ++++++++++----------
                         lib/b.rb | 120 +--
                         6 files changed, 1322 insertions(+), 544 deletions(-)
                        """);
    }

    @Test
    void scalesToNoLessThanAFewColumns() throws IOException {
        assertThat(
                        drawn(
                                12,
                                """
                                a | a*3 | b*900
                                lib/b.rb | c*100 | d*20
                                c | - | z
                                d | y*40 | -
                                """))
                .isEqualTo(
                        """
                         a        | 903 +++++++-
                         c        |   1 +
                         d        |  40 -
                         lib/b.rb | 120 +-
                         4 files changed, 921 insertions(+), 143 deletions(-)
                        """);
    }

    @Test
    void keepsTheEndsOfNamesThatAreTooLong() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                lib/some/where/deep/in/the/tree/there/is/a/file/of/the/name/controller.rb | a | b c d
                                anamethatislongerthanallthecolumnsthatthereareinawindowofeightycolumnswithoutanyslash | a b | c
                                short | a*60 | -
                                """))
                .isEqualTo(
                        """
                         ...thereareinawindowofeightycolumnswithoutanyslash |  3 +-
                         .../tree/there/is/a/file/of/the/name/controller.rb |  4 +-
                         short                                              | 60 ----------------------
                         3 files changed, 4 insertions(+), 63 deletions(-)
                        """);
    }

    @Test
    void keepsTheEndsOfNamesInASmallWindow() throws IOException {
        assertThat(
                        drawn(
                                40,
                                """
                                lib/some/where/deep/in/the/tree/there/is/a/file/of/the/name/controller.rb | a | b c d
                                anamethatislongerthanallthecolumnsthatthereareinawindowofeightycolumnswithoutanyslash | a b | c
                                short | a*60 | -
                                """))
                .isEqualTo(
                        """
                         ...columnswithoutanyslash |  3 +-
                         .../name/controller.rb    |  4 +-
                         short                     | 60 -------
                         3 files changed, 4 insertions(+), 63 deletions(-)
                        """);
    }

    @Test
    void givesNamesWhatTheSmallestGraphLeaves() throws IOException {
        assertThat(
                        drawn(
                                16,
                                """
                                lib/some/where/deep/in/the/tree/there/is/a/file/of/the/name/controller.rb | a | b c d
                                anamethatislongerthanallthecolumnsthatthereareinawindowofeightycolumnswithoutanyslash | a b | c
                                short | a*60 | -
                                """))
                .isEqualTo(
                        """
                         ...nyslash |  3 +-
                         ...ller.rb |  4 +-
                         short      | 60 ------
                         3 files changed, 4 insertions(+), 63 deletions(-)
                        """);
    }

    @Test
    void makesRoomForABinaryFilesSizes() throws IOException {
        assertThat(
                        drawn(
                                40,
                                """
                                a.bin | bytes:100000 | bytes:2000000
                                b | a*50 | b*50
                                """))
                .isEqualTo(
                        """
                         a.bin | Bin 100000 -> 2000000 bytes
                         b     | 100 +++++++++++++-------------
                         2 files changed, 50 insertions(+), 50 deletions(-)
                        """);
    }

    @Test
    void makesAGraphSmallerForSizes() throws IOException {
        assertThat(
                        drawn(
                                30,
                                """
                                a.bin | bytes:100000 | bytes:2000000
                                b | a*50 | b*50
                                """))
                .isEqualTo(
                        """
                         a.bin | Bin 100000 -> 2000000 bytes
                         b     | 100 ++++++++--------
                         2 files changed, 50 insertions(+), 50 deletions(-)
                        """);
    }

    @Test
    void scalesByOneColumn() throws IOException {
        assertThat(
                        drawn(
                                40,
                                """
                                abcdefghijklmnop/q | a*9 | b*10
                                b | a | c
                                """))
                .isEqualTo(
                        """
                         abcdefghijklmnop/q | 19 +++++++-------
                         b                  |  2 +-
                         2 files changed, 11 insertions(+), 10 deletions(-)
                        """);
    }

    @Test
    void scalesByTwoColumns() throws IOException {
        assertThat(
                        drawn(
                                39,
                                """
                                abcdefghijklmnop/q | a*9 | b*10
                                b | a | c
                                """))
                .isEqualTo(
                        """
                         abcdefghijklmnop/q | 19 +++++++------
                         b                  |  2 +-
                         2 files changed, 11 insertions(+), 10 deletions(-)
                        """);
    }

    @Test
    void scalesNothingThatJustFits() throws IOException {
        assertThat(
                        drawn(
                                41,
                                """
                                abcdefghij/q | a*9 | b*10
                                b | a | c
                                """))
                .isEqualTo(
                        """
                         abcdefghij/q | 19 ++++++++++---------
                         b            |  2 +-
                         2 files changed, 11 insertions(+), 10 deletions(-)
                        """);
    }

    @Test
    void shortensANameSoThatABinaryFilesSizesFit() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/cccccccccccccccccccccccccccccc | bytes:10 | bytes:200
                                d | a | b
                                """))
                .isEqualTo(
                        """
                         .../cccccccccccccccccccccccccccccc                       | Bin 10 -> 200 bytes
                         d                                                        |   2 +-
                         2 files changed, 1 insertion(+), 1 deletion(-)
                        """);
    }

    @Test
    void showsAWholeNameBesideASmallGraph() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x*7 | y*8
                                """))
                .isEqualTo(
                        """
                         aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 15 ++++++++-------
                         1 file changed, 8 insertions(+), 7 deletions(-)
                        """);
    }

    @Test
    void shortensANameBesideASmallGraph() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x*7 | y*8
                                """))
                .isEqualTo(
                        """
                         ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 15 ++++++++-------
                         1 file changed, 8 insertions(+), 7 deletions(-)
                        """);
    }

    @Test
    void sharesTheWindowBetweenALongNameAndALongGraph() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x*20 | y*20
                                """))
                .isEqualTo(
                        """
                         aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 40 +++++++++++-----------
                         1 file changed, 20 insertions(+), 20 deletions(-)
                        """);
    }

    @Test
    void givesAGraphWhatALongNameMayNotHave() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x*20 | y*20
                                """))
                .isEqualTo(
                        """
                         ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 40 +++++++++++-----------
                         1 file changed, 20 insertions(+), 20 deletions(-)
                        """);
    }

    @Test
    void givesAGraphWhatAShortNameLeaves() throws IOException {
        assertThat(
                        drawn(
                                60,
                                """
                                aaaaaaaaaaaaaaaaaaaa | x*50 | y*50
                                """))
                .isEqualTo(
                        """
                         aaaaaaaaaaaaaaaaaaaa | 100 +++++++++++++++----------------
                         1 file changed, 50 insertions(+), 50 deletions(-)
                        """);
    }

    @Test
    void showsNothingWhereNothingHasChanged() throws IOException {
        assertThat(
                        drawn(
                                80,
                                """
                                a | a | a
                                """))
                .isEqualTo("");
    }

    private String drawn(int columns, String table) throws IOException {
        return Statistics.of(TwoTrees.changes(directory, table), columns);
    }
}
