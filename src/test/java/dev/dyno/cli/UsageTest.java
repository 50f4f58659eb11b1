package dev.dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void onlyTheCommandWordIsChanged() {
        assertThat(
                        Usage.called(
                                "  $ dyno run bash\nWhere dyno\nlocal runs, dyno hears of it: dyno"
                                        + " ps:scale web=2\n  $ dyno COMMAND, dyno --version",
                                "heroku"))
                .isEqualTo(
                        "  $ heroku run bash\nWhere heroku\nlocal runs, dyno hears of it: heroku"
                                + " ps:scale web=2\n  $ heroku COMMAND, heroku --version");
        assertThat(Usage.called("a dyno runs, dyno restarts it", "heroku"))
                .isEqualTo("a dyno runs, dyno restarts it");
    }
}
