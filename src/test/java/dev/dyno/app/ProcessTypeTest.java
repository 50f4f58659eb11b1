package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand before the colon of a Procfile. */
class ProcessTypeTest {
    private static final int LONGEST = 63;

    @ParameterizedTest
    @ValueSource(strings = {"web", "a", "z", "A", "Z", "0", "9", "_", "a-b", "Web_2", "a--b"})
    void aNameIsOfLettersDigitsUnderscoresAndDashesWithin(String name) {
        assertThat(ProcessType.isValid(name)).isTrue();
        assertThat(new ProcessType(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "-a", "a-", "a b", "a.b", "é", "`", "{", "@", "[", "/", ":", "a\nb"
            })
    void anythingElseIsNone(String name) {
        assertThat(ProcessType.isValid(name)).isFalse();
        assertThatThrownBy(() -> new ProcessType(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHas63CharactersAtMost() {
        assertThat(ProcessType.isValid("a".repeat(LONGEST))).isTrue();
        assertThat(ProcessType.isValid("a".repeat(LONGEST + 1))).isFalse();
    }

    @Test
    void aNameThatIsNoneIsNamedWithoutControlCharacters() {
        assertThatThrownBy(() -> new ProcessType("a\u001b"))
                .hasMessage("not a process type: a\\x1b");
    }
}
