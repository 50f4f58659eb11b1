package dev.dyno.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    private static final List<String> TYPES = List.of("web", "worker", "clock-2");

    private static int port(int base, String dyno) {
        return new Ports(base, TYPES).port(DynoName.parse(dyno));
    }

    @ParameterizedTest
    @CsvSource({
        "5006, web.1, 5006",
        "5006, web.2, 5007",
        "5006, worker.1, 5106",
        "7000, clock-2.100, 7299",
        "65335, clock-2.1, 65535"
    })
    void eachTypeHasAHundredPortsAndEachDynoOne(int base, String dyno, int port) {
        assertThat(port(base, dyno)).isEqualTo(port);
    }

    @Test
    void theHundredAndFirstDynoHasNone() {
        assertThatThrownBy(() -> port(5006, "web.101"))
                .isInstanceOf(UserError.class)
                .hasMessage("web.101 has no port: each process type has 100 of them")
                .extracting(e -> ((UserError) e).hint())
                .asString()
                .contains("at most 100 dynos");
    }

    @Test
    void noPortIsBeyondTheLast() {
        assertThatThrownBy(() -> port(65_500, "worker.1"))
                .isInstanceOf(UserError.class)
                .hasMessage("worker.1 would have port 65600, and the last there is is 65535")
                .extracting(e -> ((UserError) e).hint())
                .asString()
                .contains("dyno local -p 5006");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"7000,6000,8000,7000", "-,6000,8000,6000", "-,-,8000,8000", "-,-,-,5006"},
            nullValues = "-")
    void thePortComesFromTheOptionOrTheEnvFileOrTheShell(
            String option, String file, String shell, int base) {
        assertThat(
                        Ports.base(
                                option == null ? "" : option,
                                file == null ? Map.of("A", "1") : Map.of("PORT", file),
                                ".env",
                                shell == null ? Map.of("PORT", "") : Map.of("PORT", shell)))
                .isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-1", "65536", "99999999999", "5006x", "\u001b[2J"})
    void whatIsNoPortIsToldWithItsOrigin(String text) {
        assertThatThrownBy(() -> Ports.base(text, Map.of(), ".env", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--port is '")
                .hasMessageEndingWith("', which is no port")
                .message()
                .doesNotContain("\u001b");
        assertThatThrownBy(() -> Ports.base("", Map.of("PORT", text), "a.env", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("PORT in a.env is '");
        assertThatThrownBy(() -> Ports.base("", Map.of(), ".env", Map.of("PORT", text)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("PORT in your environment is '");
    }

    @Test
    void portsOfRootAreRefused() {
        assertThatThrownBy(() -> Ports.base("80", Map.of(), ".env", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("--port is 80, and only root may listen on ports below 1024")
                .extracting(e -> ((UserError) e).hint())
                .isEqualTo("Choose another: dyno local -p 5006.");
    }

    @Test
    void aPortThatIsTakenIsToldWithWhoHasIt() throws IOException {
        Ports ports;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports = new Ports(server.getLocalPort(), TYPES);
            Ports taken = ports;
            assertThatThrownBy(() -> taken.check(DynoName.parse("web.1")))
                    .isInstanceOf(UserError.class)
                    .message()
                    .matches(
                            "port "
                                    + server.getLocalPort()
                                    + " for web\\.1 is taken by \\S+ \\(pid "
                                    + ProcessHandle.current().pid()
                                    + "\\)");
        }
        ports.check(DynoName.parse("web.1"));
    }
}
