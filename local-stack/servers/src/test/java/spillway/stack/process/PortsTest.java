package spillway.stack.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aPortSomebodyListensOn_isTaken_andItsOwnerNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isTaken(socket.getLocalPort())).isTrue();
            assertThat(PortOwner.of(socket.getLocalPort()))
                    .startsWith("pid " + ProcessHandle.current().pid() + " (java");
        }
    }

    @Test
    void aFreePort_isNotTaken_andNotLentToConnections() {
        int port = Ports.free();

        assertThat(Ports.isTaken(port)).isFalse();
        assertThat(port).isLessThan(lowestLent());
    }

    /** What this system lends to outgoing connections; Linux says it, others begin higher. */
    private static int lowestLent() {
        try (Scanner range = new Scanner(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), US_ASCII)) {
            return range.nextInt();
        } catch (IOException e) {
            return 49_152;
        }
    }
}
