package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFlagTest {
    @Test
    void holdsSeveralConfigVars() {
        EnvFlag.Parsed parsed = EnvFlag.parse("A=1;B.c-d = x y ; C==#'\"");

        assertThat(parsed.values().values())
                .isEqualTo(Map.of("A", "1", "B.c-d", "x y ", "C", "=#'\""));
        assertThat(parsed.warnings()).isEmpty();
    }

    @Test
    void mayLeaveAValueEmpty() {
        assertThat(EnvFlag.parse("A=; B= ").values().values()).isEqualTo(Map.of("A", "", "B", ""));
    }

    @Test
    void warnsOfAPieceThatIsNoAssignmentAndSkipsIt() {
        EnvFlag.Parsed parsed = EnvFlag.parse("A=1;bad;é=2;;=3;B=2");

        assertThat(parsed.values().values()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(parsed.warnings())
                .containsExactly(
                        "env flag bad appears invalid. Avoid using ';' in values.",
                        "env flag é=... appears invalid. Avoid using ';' in values.",
                        "env flag  appears invalid. Avoid using ';' in values.",
                        "env flag =... appears invalid. Avoid using ';' in values.");
    }

    @Test
    void endsAValueAtItsLine() {
        assertThat(EnvFlag.parse("A=\n1 \n \r").values().values()).isEqualTo(Map.of("A", "1 "));
        assertThat(EnvFlag.parse("A=1\nB=2").warnings()).hasSize(1);
    }
}
