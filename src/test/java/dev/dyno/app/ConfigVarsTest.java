package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigVarsTest {
    @Test
    void keepTheOrderAndLetTheOverridingOneWin() {
        var first = new LinkedHashMap<String, String>();
        first.put("Z", "1");
        first.put("A", "2");

        ConfigVars both = new ConfigVars(first).with(new ConfigVars(Map.of("Z", "3")));

        assertThat(both.values()).hasToString("{Z=3, A=2}");
    }

    @Test
    void areACopy() {
        var values = new LinkedHashMap<>(Map.of("A", "1"));
        var vars = new ConfigVars(values);
        values.clear();

        assertThat(vars.values()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void holdOnlyWhatAnEnvironmentCanCarry() {
        assertThatThrownBy(() -> new ConfigVars(Map.of("A=B", "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConfigVars(Map.of("A", "s3cret\0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "_", "0", "a-b", "Web_2", "a--b"})
    void aProcessTypeIsAWord(String name) {
        assertThat(new ProcessType(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a-", "a b", "a.b", "../x", "é", "web\n"})
    void anythingElseIsNoProcessType(String name) {
        assertThat(ProcessType.isValid(name)).isFalse();
        assertThatThrownBy(() -> new ProcessType(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProcessTypeHasAtMost63Characters() {
        assertThat(ProcessType.isValid("a".repeat(63))).isTrue();
        assertThat(ProcessType.isValid("a".repeat(64))).isFalse();
    }
}
