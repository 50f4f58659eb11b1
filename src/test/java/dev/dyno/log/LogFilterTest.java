package dev.dyno.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogFilterTest {
    private static final List<LogLine> LINES =
            Stream.of("web.1", "web.10", "web", "webber.1", "router", "api")
                    .map(process -> LogLine.app(Instant.EPOCH, process, "x"))
                    .toList();

    @Test
    void aDynoIsMeantByItsWholeName() {
        assertThat(accepted(Optional.of("web.1"), Optional.empty())).containsExactly("web.1");
        assertThat(accepted(Optional.of("router"), Optional.empty())).containsExactly("router");
    }

    @Test
    void aTypeMeansAllItsDynos() {
        assertThat(accepted(Optional.empty(), Optional.of("web")))
                .containsExactly("web.1", "web.10", "web");
    }

    @Test
    void theSourceIsAppOrHeroku() {
        LogFilter heroku = new LogFilter(Optional.empty(), Optional.empty(), Optional.of("heroku"));
        assertThat(heroku.accepts(LogLine.heroku(Instant.EPOCH, "web.1", "Restarting"))).isTrue();
        assertThat(heroku.accepts(LINES.getFirst())).isFalse();
        assertThat(LogFilter.EVERYTHING.accepts(LINES.getFirst())).isTrue();
        assertThatThrownBy(() ->
                        new LogFilter(Optional.empty(), Optional.empty(), Optional.of("syslog")))
                .isInstanceOf(UserError.class)
                .hasMessage("no source 'syslog'");
    }

    private static List<String> accepted(Optional<String> dyno, Optional<String> type) {
        LogFilter filter = new LogFilter(dyno, type, Optional.empty());
        return LINES.stream().filter(filter::accepts).map(LogLine::process).toList();
    }
}
