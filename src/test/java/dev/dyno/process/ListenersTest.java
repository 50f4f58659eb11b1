package dev.dyno.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {
    private static final String TCP =
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:138E 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0000 100 0 0 10 0
               1: 0100007F:138F 0100007F:138E 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0000 100 0 0 10 0
            """;
    private static final String TCP6 =
            """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0000000000000000FFFF00000100007F:1390 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1 0000 100 0 0 10 0
            """;

    private final Listeners listeners = new Listeners();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    void seesWhoListensWhateverTheAddress(String address) throws IOException {
        int port;
        try (var server = ServerSocketChannel.open()) {
            try {
                server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            } catch (SocketException e) {
                assumeTrue(false, "no " + address + " here");
            }
            port = server.socket().getLocalPort();

            assertThat(listeners.isListening(port)).isTrue();
            assertThat(listeners.owner(port))
                    .hasValueSatisfying(owner ->
                            assertThat(owner)
                                    .endsWith(" (pid " + ProcessHandle.current().pid() + ")"));
        }
        assertThat(listeners.isListening(port)).isFalse();
        assertThat(listeners.owner(port)).isEmpty();
    }

    @Test
    void aConnectionIsNoListenerAndTheServerIsNotDisturbed() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            assertThat(listeners.isListening(client.getLocalPort())).isFalse();
        }
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listeners.isListening(server.getLocalPort())).isTrue();
            server.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(server::accept))
                    .as("nobody has connected")
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void theKernelAndItsTablesSayTheSame() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "no /proc here");
        var byTable = new Listeners(Path.of("/proc"), false);
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertThat(byTable.isListening(port)).isTrue();
            assertThat(byTable.owner(port)).isPresent().isEqualTo(listeners.owner(port));
        }
        assertThat(byTable.isListening(port)).isFalse();
    }

    @Test
    void readsTheTablesOfIPv4AndIPv6(@TempDir Path proc) throws IOException {
        write(proc.resolve("net/tcp"), TCP);
        write(proc.resolve("net/tcp6"), TCP6);
        var recorded = new Listeners(proc, false);

        assertThat(List.of(0x138e, 0x138f, 0x1390, 0x1391))
                .map(recorded::isListening)
                .containsExactly(true, false, true, false);
    }

    @Test
    void aMachineWithoutIPv6HasOneTable(@TempDir Path proc) throws IOException {
        write(proc.resolve("net/tcp"), TCP);

        assertThat(new Listeners(proc, false).isListening(0x138e)).isTrue();
        assertThat(new Listeners(proc, false).isListening(0x1390)).isFalse();
    }

    @Test
    void aLongTableIsReadToItsEnd(@TempDir Path proc) throws IOException {
        String[] lines = TCP.split("\n", -1);
        write(
                proc.resolve("net/tcp"),
                lines[0] + "\n" + (lines[2] + "\n").repeat(5000) + lines[1] + "\n");

        assertThat(new Listeners(proc, false).isListening(0x138e)).isTrue();
        assertThat(new Listeners(proc, false).isListening(0x138f)).isFalse();
    }

    @Test
    void theServerIsNamedRatherThanItsWorkersAndWhoCannotBeSeenIsNot(@TempDir Path proc)
            throws IOException {
        write(proc.resolve("net/tcp"), TCP);
        write(proc.resolve("net/tcp6"), TCP6);
        for (String pid : List.of("1000", "99", "7")) {
            write(proc.resolve(pid).resolve("comm"), "node " + pid + "\n");
            Path descriptors = Files.createDirectories(proc.resolve(pid).resolve("fd"));
            String target = pid.equals("7") ? "pipe:[4242]" : "socket:[4242]";
            Files.createSymbolicLink(descriptors.resolve("3"), Path.of(target));
        }

        assertThat(new Listeners(proc, false).owner(0x138e)).contains("node 99 (pid 99)");
        assertThat(new Listeners(proc, false).owner(0x1390)).isEmpty();
    }

    @Test
    void whereThereIsNoProcLsofTells() {
        assertThat(Listeners.ofLsof("p123\ncnode\nf21\np124\ncnode\nf21\n"))
                .contains("node (pid 123)");
        assertThat(Listeners.ofLsof("")).isEmpty();
    }

    @Test
    void lsofSeesTheSame(@TempDir Path nothing) throws IOException {
        assumeTrue(HelperProgram.run("lsof", "-v").succeeded(), "no lsof here");
        var byLsof = new Listeners(nothing, false);
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertThat(byLsof.isListening(port)).isTrue();
            assertThat(byLsof.owner(port)).isEqualTo(listeners.owner(port));
        }
        assertThat(byLsof.isListening(port)).isFalse();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
