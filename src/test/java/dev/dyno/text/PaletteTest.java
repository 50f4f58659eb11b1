package dev.dyno.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.text.Palette.Level;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected bytes are those of the captures of heroku 11.10.0 (golden/tty.txt). */
class PaletteTest {
    private static final Palette FULL = new Palette(Level.FULL);
    private static final Palette BASIC = new Palette(Level.BASIC);

    @Test
    void theRunLineLooksLikeHerokus() {
        assertThat("Running " + FULL.code("echo hi") + " on " + FULL.appName("myapp") + "...")
                .isEqualTo(
                        "Running \u001b[48;5;237m\u001b[38;5;255m\u001b[1mecho hi"
                                + "\u001b[22m\u001b[39m\u001b[49m"
                                + " on \u001b[38;5;147m⬢ myapp\u001b[39m...");
    }

    @Test
    void theStateOfADynoLooksLikeHerokus() {
        assertThat("web.1: " + FULL.success("up") + " " + FULL.inactive("2026/11/22"))
                .isEqualTo(
                        "web.1: \u001b[38;5;40mup\u001b[39m \u001b[38;5;248m2026/11/22\u001b[39m");
        assertThat(FULL.warning("crashed") + FULL.info("Basic"))
                .isEqualTo("\u001b[38;5;214mcrashed\u001b[39m\u001b[38;5;43mBasic\u001b[39m");
    }

    @Test
    void aBoldHeaderWithBoldInsideLooksLikeHerokus() {
        String inner = FULL.label(FULL.label("run") + ": one-off processes (1)");
        assertThat(FULL.label("=== ") + inner)
                .isEqualTo(
                        "\u001b[1m=== \u001b[22m\u001b[1m\u001b[1mrun\u001b[1m:"
                                + " one-off processes (1)\u001b[22m");
    }

    @Test
    void aConfigVarLooksLikeHerokus() {
        assertThat(FULL.label(FULL.name("FOO")) + ":")
                .isEqualTo("\u001b[1m\u001b[38;5;212mFOO\u001b[39m\u001b[22m:");
    }

    @Test
    void anErrorsMarkLooksLikeHerokus() {
        assertThat(FULL.label(FULL.errorMark("!")) + FULL.errorMark("›") + FULL.spinner("⣾"))
                .isEqualTo(
                        "\u001b[1m\u001b[31m!\u001b[39m\u001b[22m\u001b[31m›\u001b[39m"
                                + "\u001b[35m⣾\u001b[39m");
    }

    @Test
    void withFewColoursThereIsNoHexagon() {
        assertThat(BASIC.appName("myapp")).isEqualTo("\u001b[35mmyapp\u001b[39m");
        assertThat(BASIC.code("ls")).isEqualTo("\u001b[1mls\u001b[22m");
        assertThat(Palette.PLAIN.appName("myapp") + Palette.PLAIN.code("ls")).isEqualTo("myappls");
    }

    @Test
    void nothingIsNotColoured() {
        assertThat(FULL.success("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, TERM=xterm-256color, FULL",
        "true, false, TERM=xterm, BASIC",
        "true, false, TERM=xterm COLORTERM=truecolor, FULL",
        "true, false, TERM=xterm COLORTERM=24bit, FULL",
        "true, false, TERM=dumb, NONE",
        "true, true, TERM=xterm-256color FORCE_COLOR=3, NONE",
        "true, false, TERM=xterm-256color NO_COLOR=1, NONE",
        "true, false, TERM=xterm-256color NO_COLOR=0, FULL",
        "true, false, TERM=xterm-256color NO_COLOR=, FULL",
        "true, false, TERM=xterm-256color HEROKU_COLOR=0, NONE",
        "true, false, TERM=xterm-256color HEROKU_THEME=simple, BASIC",
        "true, false, TERM=xterm-256color FORCE_COLOR=0, NONE",
        "false, false, TERM=xterm-256color, NONE",
        "false, false, TERM=xterm-256color FORCE_COLOR=1, FULL",
        "false, false, FORCE_COLOR=1, BASIC",
        "false, false, FORCE_COLOR=3, FULL",
        "false, false, FORCE_COLOR=0, NONE",
        "false, false, FORCE_COLOR=1 NO_COLOR=1, NONE"
    })
    void theLevelFollowsTheSwitchesPeopleKnow(
            boolean terminal, boolean noColor, String environment, Level expected) {
        Map<String, String> variables = new HashMap<>();
        for (String pair : environment.split(" ", -1)) {
            variables.put(
                    pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(Palette.choose(terminal, noColor, variables).level()).isEqualTo(expected);
    }
}
