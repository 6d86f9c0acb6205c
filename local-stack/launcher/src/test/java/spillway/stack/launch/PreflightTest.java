package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    @TempDir
    Path folder;

    @Test
    void aTakenPort_isNamedWithItsOwnerAndTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Preflight.check(Map.of(StackPort.KAFKA, port), new Folders(folder), note -> {}))
                    .hasMessageStartingWith("port " + port + " (kafka) is taken by pid "
                            + ProcessHandle.current().pid())
                    .hasMessageEndingWith("set SPILLWAY_PORT_KAFKA");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
