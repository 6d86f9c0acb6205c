package spillway.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    void aFreePort_isNotTaken() {
        assertThat(Ports.isTaken(Ports.free())).isFalse();
    }
}
