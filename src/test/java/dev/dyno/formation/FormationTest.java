package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many dynos of each process type there are to be, and which. */
class FormationTest {
    private static final Formation SHOP = formation("web=2:Standard-1X worker=1:Basic clock=0:Eco");

    @Test
    void itsDynosAreNumberedFromOneWithinTheirType() {
        assertThat(SHOP.dynos().stream().map(DynoName::toString))
                .containsExactly("web.1", "web.2", "worker.1");
    }

    @Test
    void aProcfileGivesItItsTypesAndTheirOrderWithoutTheReleasePhase() {
        byte[] procfile =
                """
                clock: c
                release: r
                worker: w
                mailer: m
                """
                        .getBytes(StandardCharsets.UTF_8);
        Procfile types = Procfile.parse("Procfile", procfile).value();
        assertThat(RequestTest.shown(SHOP.of(types)))
                .isEqualTo("clock=0:Eco worker=1:Basic mailer=0:Standard-1X");
    }

    @Test
    void aTypeThatIsNoMoreGetsNoDyno() {
        assertThat(formation("mailer=3:Eco web=1:Eco").quantitiesInsteadOf(SHOP).toString())
                .isEqualTo("{mailer=3, web=1, worker=0, clock=0}");
    }

    @ParameterizedTest
    @CsvSource({
        "web=2:Standard-1X, false",
        "web=5:Standard-1X, false",
        "web=2:Standard-2X, true",
        "mailer=2:Eco, false",
        "worker=1:Eco, false"
    })
    void aTypeIsResizedWhereItHadAndHasAnotherSize(String now, boolean resized) {
        assertThat(formation(now).resizes("web", SHOP)).isEqualTo(resized);
    }

    @Test
    void aTypeThatIsNewIsNotResized() {
        assertThat(SHOP.resizes("web", formation("worker=1:Eco"))).isFalse();
    }

    @Test
    void someOfItKeepTheirEntries() {
        assertThat(RequestTest.shown(SHOP.only(Set.of("clock", "web", "mailer"))))
                .isEqualTo("web=2:Standard-1X clock=0:Eco");
    }

    @Test
    void itLiesOnDiskAsItIsShown() {
        assertThat(SHOP.fields().get("web")).isEqualTo("2:Standard-1X");
        assertThat(Formation.Entry.parse("100:eco"))
                .contains(new Formation.Entry(100, DynoSize.ECO));
        assertThat(Formation.Entry.parse("0:eco")).contains(new Formation.Entry(0, DynoSize.ECO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", ":eco", "-1:eco", "101:eco", "x:eco", "2:", "2:huge"})
    void whatIsNoEntryIsFoundOut(String text) {
        assertThat(Formation.Entry.parse(text)).isEmpty();
    }

    @Test
    void moreThanAHundredOfATypeCannotBe() {
        assertThatThrownBy(() -> new Formation.Entry(101, DynoSize.ECO))
                .hasMessage("a quantity is 0 to 100: 101");
    }

    private static Formation formation(String text) {
        Formation formation = Formation.EMPTY;
        for (String word : text.split(" ", -1)) {
            String[] pair = word.split("=", 2);
            formation = formation.with(pair[0], Formation.Entry.parse(pair[1]).orElseThrow());
        }
        return formation;
    }
}
