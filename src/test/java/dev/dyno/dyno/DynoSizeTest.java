package dev.dyno.dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynoSizeTest {
    @ParameterizedTest
    @CsvSource({
        "eco, 512, 256, 200",
        "basic, 512, 256, 200",
        "standard-1x, 512, 256, 200",
        "standard-2x, 1024, 512, 200",
        "performance-m, 2560, 16384, 200",
        "performance-l, 14336, 32768, 200",
        "performance-l-ram, 30720, 24576, 200",
        "performance-xl, 63488, 32768, 200",
        "performance-2xl, 129024, 65536, 200",
        "private-s, 1024, 512, 100",
        "private-m, 2560, 16384, 100",
        "private-l, 14336, 32768, 100",
        "shield-s, 1024, 512, 100",
        "shield-m, 2560, 16384, 100",
        "shield-l, 14336, 32768, 100"
    })
    void aSizeSaysWhatADynoMayUse(String name, long megabytes, int processes, int killPercent) {
        DynoSize size = DynoSize.parse(name);
        assertThat(size.memory()).isEqualTo(megabytes * 1024 * 1024);
        assertThat(size.processes()).isEqualTo(processes);
        assertThat(size.killPercent()).isEqualTo(killPercent);
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD-2X, Standard-2X",
        "1X, Standard-1X",
        "2x, Standard-2X",
        "PX, Performance-L",
        "Free, Eco",
        "hobby, Basic"
    })
    void aSizeIsKnownInAnyCaseAndByItsFormerName(String name, String label) {
        assertThat(DynoSize.parse(name).label()).isEqualTo(label);
    }

    @Test
    void whoAsksForAnUnknownSizeIsToldTheSizes() {
        assertThatThrownBy(() -> DynoSize.parse(""))
                .isInstanceOf(UserError.class)
                .hasMessage("No such size as .");
        assertThatThrownBy(() -> DynoSize.parse("3x"))
                .isInstanceOf(UserError.class)
                .hasMessage("No such size as 3x.")
                .extracting(e -> ((UserError) e).hint())
                .isEqualTo(
                        "Use eco, basic, standard-1x, standard-2x, performance-m, performance-l,"
                                + " performance-l-ram, performance-xl, performance-2xl, private-s,"
                                + " private-m, private-l, shield-s, shield-m, shield-l.");
    }
}
