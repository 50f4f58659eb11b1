package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a formation: what it makes of one, and how it gets there. */
class RequestTest {
    private static final Formation NOW =
            new Formation(Map.of())
                    .with("web", new Formation.Entry(2, DynoSize.STANDARD_1X))
                    .with("worker", new Formation.Entry(1, DynoSize.BASIC));

    @ParameterizedTest
    @CsvSource({
        "web=3, web=3:Standard-1X worker=1:Basic",
        "web=0, web=0:Standard-1X worker=1:Basic",
        "web+1, web=3:Standard-1X worker=1:Basic",
        "web-1, web=1:Standard-1X worker=1:Basic",
        "web-5, web=0:Standard-1X worker=1:Basic",
        "web=00100, web=100:Standard-1X worker=1:Basic",
        "web=3:standard-2x worker+1, web=3:Standard-2X worker=2:Basic",
        "worker=1:PX web+0, web=2:Standard-1X worker=1:Performance-L",
        "web=1 web+1, web=2:Standard-1X worker=1:Basic"
    })
    void scalingMakesAnotherFormation(String words, String after) {
        assertThat(shown(scale(words).applyTo(NOW))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zzz=1|Couldn't find that process type (zzz).|not_found",
                "web=9 zzz=1|Couldn't find that process type (zzz).|not_found",
                "-web-=1|Couldn't find that process type (-web-).|not_found",
                "web=101|Couldn't scale web to 101 dynos.|invalid_params",
                "web+99|Couldn't scale web to 101 dynos.|invalid_params",
                "web=99999999999999999999|Couldn't scale web to 999999999999999999 dynos.|invalid_params"
            })
    void whatCannotBeIsRefusedAsAWhole(String words, String error, String id) {
        assertThat(scale(words).applyTo(NOW))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> {
                            assertThat(refused.error()).isEqualTo(error);
                            assertThat(refused.id()).isEqualTo(id);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web", "web=", "=1", "web=-1", "web=1:", "wéb=1", "web=1 ", "web==1", "web=1x"
            })
    void otherWordsAreNoChanges(String word) {
        assertThat(ScaleChange.isOne(word)).isFalse();
        assertThatThrownBy(() -> ScaleChange.parse(word))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "web=3, web=3",
        "my-worker_2+007:BASIC, my-worker_2+7:basic",
        "web-0, web-0",
        "web=123456789012345678, web=123456789012345678",
        "web=0000000000000000000000, web=0",
        "web=1234567890123456789, web=999999999999999999"
    })
    void aChangeIsReadFromAWord(String word, String change) {
        assertThat(ScaleChange.isOne(word)).isTrue();
        assertThat(ScaleChange.parse(word)).hasToString(change);
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ScaleChange.parse("web=1:huge"))
                .isInstanceOf(UserError.class)
                .hasMessage("No such size as huge.");
    }

    @Test
    void resizingLeavesTheQuantities() {
        var sizes = new LinkedHashMap<String, DynoSize>();
        sizes.put("worker", DynoSize.ECO);
        sizes.put("web", DynoSize.PRIVATE_S);

        assertThat(shown(new Request.Resize(sizes).applyTo(NOW)))
                .isEqualTo("web=2:Private-S worker=1:Eco");
        assertThat(new Request.Resize(Map.of("zzz", DynoSize.ECO)).applyTo(NOW))
                .isEqualTo(Answer.unknownType("zzz"));
    }

    static Stream<Request> requests() {
        var sizes = new LinkedHashMap<String, DynoSize>();
        sizes.put("web", DynoSize.PERFORMANCE_L_RAM);
        sizes.put("my-worker", DynoSize.ECO);
        var type = new Selection.Type(new ProcessType("web"));
        var one = new Selection.OneDyno(DynoName.parse("web.12"));
        return Stream.of(
                scale("web=3:standard-2x my-worker+1 w-5 big=99999999999999999999999"),
                new Request.Resize(sizes),
                new Request.Restart(new Selection.All()),
                new Request.Restart(type),
                new Request.Restart(one),
                new Request.Stop(new Selection.All()),
                new Request.Stop(type),
                new Request.Stop(one));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestArrivesAsItWasSent(Request request) {
        assertThat(Request.of(request.fields())).isEqualTo(request);
    }

    static Stream<Answer> answers() {
        return Stream.of(
                new Answer.Done(NOW),
                new Answer.Done(Formation.EMPTY),
                Answer.unknownDyno(),
                new Answer.Refused("a\nb = c \\ ü", "", "x"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerArrivesAsItWasGiven(Answer answer) {
        assertThat(Answer.of(answer.fields())).isEqualTo(answer);
        assertThat(Answer.of(answer.fields()).toString()).isEqualTo(answer.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "explode,''",
        "scale,''",
        "scale,web",
        "scale,web=1  worker=1",
        "scale,web=1:huge",
        "resize,''",
        "resize,web",
        "resize,web=huge",
        "restart,''",
        "stop,''"
    })
    void whatIsNoRequestIsFoundOut(String request, String words) {
        assertThatThrownBy(() -> Request.of(new Fields(Map.of("request", request, "words", words))))
                .isInstanceOfAny(IllegalArgumentException.class, UserError.class);
    }

    @Test
    void aSelectionIncludesWhatItNames() {
        DynoName web = DynoName.parse("web.1");
        assertThat(new Selection.All().includes(web)).isTrue();
        assertThat(new Selection.Type(new ProcessType("web")).includes(web)).isTrue();
        assertThat(new Selection.Type(new ProcessType("worker")).includes(web)).isFalse();
        assertThat(new Selection.OneDyno(web).includes(DynoName.parse("web.1"))).isTrue();
        assertThat(new Selection.OneDyno(web).includes(DynoName.parse("web.11"))).isFalse();
    }

    private static Request.Scale scale(String words) {
        return new Request.Scale(Stream.of(words.split(" ")).map(ScaleChange::parse).toList());
    }

    static String shown(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return answer instanceof Answer.Done(Formation after) ? shown(after) : "";
    }

    static String shown(Formation formation) {
        return String.join(
                " ",
                formation.entries().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }
}
